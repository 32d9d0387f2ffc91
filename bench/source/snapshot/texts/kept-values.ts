import { WORDS } from '../../redact/fake-words.ts';
import { wordsOfLiterals } from '../../redact/literal-words.ts';

/** Whether a text is made of words of the schema's literals alone: rows, predicates and constraints rely on it. */
export async function keptTexts(schema: string): Promise<(text: string) => boolean> {
  const words = await wordsOfLiterals(schema);
  return (text) => {
    const own = text.toLowerCase().match(WORDS) ?? [];
    return own.length > 0 && own.every((word) => words.has(word));
  };
}
