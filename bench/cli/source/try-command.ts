import { nameOf, type Flag } from '../../flags/flag.ts';
import type { CommandLine } from '../../flags/commands.ts';
import { urlWithoutSecrets } from '../../format/plain-text.ts';
import { url } from '../../servers/flags.ts';
import { programCommand } from '../../system/program.ts';
import { failOn, json, keep, out, quiet, verbose } from '../flags.ts';
import * as flags from './flags.ts';
import { originWords, type Origin } from './origin.ts';

/** Flags that change nothing of what is measured. */
const ASIDE: readonly Flag[] = [
  flags.agreed,
  flags.save,
  flags.comment,
  out,
  failOn,
  keep,
  quiet,
  verbose,
  json,
];

/** Asks for the same once more, as it was typed and without a secret. */
export function tryCommand({ values, arguments: migration }: CommandLine, origin: Origin): string {
  const left = [flags.from, flags.snapshot, ...ASIDE].map(nameOf);
  const words = Object.entries(values)
    .filter(([name]) => !left.includes(name))
    .flatMap(([name, typed]) => [`--${name}`, ...(typed === true ? [] : [shown(name, typed)])]);
  return programCommand('try', ...originWords(origin), ...words, ...migration);
}

const shown = (name: string, typed: string): string =>
  name === nameOf(url) ? urlWithoutSecrets(typed) : typed;
