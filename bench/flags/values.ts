/** What a flag does not take: the message follows the flag's name. */
export class NotAccepted extends Error {
  /** @param accepts what the flag takes instead */
  static value(typed: string, accepts: string): NotAccepted {
    return new NotAccepted(`"${typed}" is not accepted; it takes ${accepts}`);
  }
}

export const text = (typed: string): string => typed;

/** @param accepts describes the numbers that `isAccepted` is true of, which is never asked of NaN or an infinity */
export const number =
  (accepts: string, isAccepted: (value: number) => boolean) =>
  (typed: string): number => {
    const value = typed.trim() === '' ? NaN : Number(typed);
    if (Number.isFinite(value) && isAccepted(value)) return value;
    throw NotAccepted.value(typed, accepts);
  };

/** Whole as far as a double can tell it from its neighbours. */
export const whole = (accepts: string, isAccepted: (value: number) => boolean) =>
  number(accepts, (value) => Number.isSafeInteger(value) && isAccepted(value));

export const oneOf =
  <Choice extends string>(choices: readonly Choice[]) =>
  (typed: string): Choice => {
    const choice = choices.find((candidate) => candidate === typed);
    if (choice === undefined) throw NotAccepted.value(typed, choices.join(', '));
    return choice;
  };

/** A comma-separated list of some of the known names. */
export const listOf =
  <Name extends string>(known: readonly Name[]) =>
  (typed: string): Name[] => {
    const names = typed.split(',').map((name) => name.trim());
    const unknown = names.filter((name) => !(known as readonly string[]).includes(name));
    if (unknown.length === 0) return names as Name[];
    const quoted = unknown.map((name) => `"${name}"`).join(', ');
    throw new NotAccepted(`${quoted} is not known; the known ones are:\n    ${known.join('\n    ')}`);
  };
