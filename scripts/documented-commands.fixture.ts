import { readFileSync } from 'node:fs';
import type { Document } from './document.fixture.ts';

/** A command of this project as a document writes it. */
export interface DocumentedCommand {
  path: string;
  written: string;
  /** The arguments of index-impact; undefined for an npm script that runs another program. */
  argv: readonly string[] | undefined;
}

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** The prefix with which npm scripts start the program; the rest is its command line. */
const PROGRAM = / bench\/bin\.ts ?(?<words>.*)$/;

const NPM = /\bnpm run (?:-s )?(?<script>[\w:-]+)(?: -- (?<rest>[^>|&;]*))?/g;

/** The form after a build. */
const BUILT = /^(?:node dist\/bench\/bin\.js|(?:npx )?index-impact) (?<rest>[a-z-].*)$/g;

/** Every command of this project in the code of a document; a block of `text` is output. */
export function documentedCommands({ path, blocks, spans }: Document): DocumentedCommand[] {
  const codes = [...blocks.filter(({ language }) => language !== 'text').map(({ code }) => code), ...spans];
  return codes
    .flatMap((code) => code.split('\n'))
    .map(withoutPlaceholders)
    .flatMap((line) => [
      ...[...line.matchAll(NPM)].map((found) => ({
        path,
        written: found[0].trim(),
        argv: argvOf(found.groups?.script ?? '', found.groups?.rest ?? ''),
      })),
      ...[...line.matchAll(BUILT)].map((found) => ({
        path,
        written: found[0],
        argv: words(found.groups?.rest ?? ''),
      })),
    ]);
}

/** `<result.json>` is a placeholder: any word will do. Comments are removed. */
const withoutPlaceholders = (line: string): string =>
  line
    .replace(/(?:^| )#.*$/, '')
    .replaceAll('<command>', '--help')
    .replace(/<([^<>]*)>/g, (_, name: string) => name.replace(/\s/g, '-'));

/** @throws Error when package.json has no such script */
function argvOf(script: string, rest: string): string[] | undefined {
  const command = scripts[script];
  if (command === undefined) throw new Error(`package.json has no script "${script}"`);
  const begun = PROGRAM.exec(command)?.groups?.words;
  return begun === undefined ? undefined : [...words(begun), ...words(rest)];
}

/** Splits shell words, as far as documents use them. */
const words = (text: string): string[] =>
  [...text.matchAll(/"(?<quoted>[^"]*)"|\S+/g)].map((word) => word.groups?.quoted ?? word[0]);
