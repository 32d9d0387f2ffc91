import fc from 'fast-check';
import { FLAGS } from '../../bench/cli/flags.ts';
import { COMMANDS, type CommandName } from '../../bench/flags/commands.ts';
import { nameOf, takesValue } from '../../bench/flags/flag.ts';
import { hostileText } from './hostile-text.fixture.ts';

/** Two flags of different commands may have one name, and then both take a value or none does. */
const NAMES = [...new Set(FLAGS.map(nameOf))];
const takes = (name: string): boolean => FLAGS.some((flag) => nameOf(flag) === name && takesValue(flag));
const belongs = (name: string, command: CommandName): boolean =>
  FLAGS.some((flag) => nameOf(flag) === name && flag.commands.includes(command));

/** Help is valid anywhere. */
const asksForHelp = (text: string): boolean => text === '--help' || text === '-h';

const hostileValue = fc
  .oneof(
    hostileText,
    fc.constantFrom('', ' ', '-', '--', '-1', '0', '-0', 'NaN', 'Infinity', '1e309', '0x10', '1e-400', '٣'),
    fc.constantFrom('9'.repeat(400), '1,1', '1:', ':', '0:0', '1e3:1', '../../../..', '/', '/dev/null', '.'),
    fc.constantFrom('file:///etc/passwd', 'data:text/javascript,0', 'C:\\nul', 'LICENSE', 'LICENSE/x', '~'),
    fc.constantFrom('postgres://', 'postgres://[::', 'a'.repeat(300), `${'a/'.repeat(3000)}b`),
    fc.double().map(String),
    fc.bigInt().map(String),
    fc.string({ unit: 'grapheme', minLength: 1000, maxLength: 2000 }),
  )
  .filter((text) => !asksForHelp(text));

/** Values that a flag always refuses. A flag without any appears only among other flags. */
const REFUSED: Partial<Record<string, fc.Arbitrary<string>>> = {
  suite: fc.constantFrom('no/such.ts', '/', '.', 'LICENSE', 'a\0b', '__proto__', 'x'.repeat(5000)),
  candidate: fc.constantFrom('no-such.sql', '/', 'bench', 'a\0b', 'LICENSE/x', 'x'.repeat(5000), ''),
  baseline: fc.constantFrom('', 'naked', 'BOTH', 'both,bare', '__proto__', 'constructor', '\u001b[2J'),
  scale: fc.constantFrom('', 'ten', '0', '-1', 'NaN', 'Infinity', '1e309', '1001', '1_000', '1\u001b[2J'),
  workload: fc.constantFrom('', 'fullest', 'toString', '\u202ellluf', 'headline\n'),
  only: fc.constantFrom('', ',', 'no-such-item', 'example-1,\u001b[31m', '__proto__', 'a,'.repeat(500)),
  seed: fc.constantFrom('', '1.5', '-1', 'NaN', '1e300', '9007199254740993', 'ten', '1n'),
  out: fc.constantFrom('LICENSE', 'LICENSE/below', '/dev/null', '/proc/reports', 'a\0b', 'x'.repeat(5000)),
  budget: fc.constantFrom('', '0', '-1', 'NaN', '1e309', '86401', 'soon', '\ud800'),
  mix: fc.constantFrom('', '1', ':', '0:0', '1:-1', 'a:b', '1:1:1', '1e3:1', '\u001b[2J:1'),
  'fail-on': fc.constantFrom('', 'ship', 'do not ship', ',', 'constructor', '\u009b'),
  resume: fc.constantFrom('', 'no-such-run', '/', 'LICENSE', 'a\0b', '../..', 'x'.repeat(5000)),
  target: fc.constantFrom('', 'URL', 'podman', '__proto__', '\u001b[2J'),
  pg: fc.constantFrom('', '13', '19', '18.4', '-18', 'eighteen', '018'),
  'max-size': fc.constantFrom('', '8', '0GB', '-1GB', '8 PB', '1e3GB', '\u202eBG8'),
  'max-sessions': fc.constantFrom('', '3', '-1', '4.5', 'Infinity', 'all', '1e309', '4\u009b'),
  'statement-timeout': fc.constantFrom('', '-1', '0.5', '86401', 'Infinity', 'soon', '1\u009b'),
  setting: fc.constantFrom(
    '',
    '=',
    'a',
    'a=',
    '=1',
    'a=1,',
    'a=1,A=2',
    'fsync=off',
    'a=\u001b[2J',
    '__proto__',
  ),
  url: fc.constantFrom('', 'http://localhost', 'mysql://x', 'localhost', ' postgres://x', '\u001b]0;x\u0007'),
};

const spelled = (flag: string, value: string): fc.Arbitrary<string[]> =>
  fc.constantFrom<string[][]>([`--${flag}`, value], [`--${flag}=${value}`]);

/** Flags of the command, each with a value: none takes the next argument as its value. */
function wholeFlags(command: CommandName): fc.Arbitrary<string[]> {
  const known = NAMES.filter((flag) => belongs(flag, command));
  if (known.length === 0) return fc.constant<string[]>([]);
  const one = fc
    .tuple(fc.constantFrom(...known), hostileValue)
    .chain(([flag, value]) => (takes(flag) ? spelled(flag, value) : fc.constant<string[]>([`--${flag}`])));
  return fc.array(one, { maxLength: 5 }).map((flags) => flags.flat());
}

const unknownFlag = fc
  .oneof(
    fc.constantFrom(
      '--frobnicate',
      '-x',
      '--__proto__',
      '--constructor',
      '--no-keep',
      '--Scale',
      '--scale2=1',
    ),
    hostileText.map((text) => `--${text}`),
  )
  .filter(
    (text) =>
      text !== '--' && !asksForHelp(text) && !NAMES.some((flag) => text.split('=')[0] === `--${flag}`),
  );

/** Arguments that the command refuses anywhere, unless a flag takes them as its value. */
function surplus(command: CommandName): fc.Arbitrary<string[]> {
  const foreign = NAMES.filter((flag) => !belongs(flag, command));
  const arguments_ = hostileValue.filter((text) => !text.startsWith('-')).map((text) => [text]);
  return fc.oneof(
    unknownFlag.map((flag) => [flag]),
    ...(foreign.length > 0 ? [fc.constantFrom(...foreign).map((flag): string[] => [`--${flag}`])] : []),
    ...(COMMANDS[command].arguments.length > 0 ? [] : [arguments_]),
  );
}

/** Arguments that the command refuses at the end of a list: a flag without its value, or with an invalid one. */
function badEnding(command: CommandName): fc.Arbitrary<string[]> {
  const valued = NAMES.filter((flag) => belongs(flag, command) && takes(flag));
  const endings = valued.flatMap((flag) => {
    const refused = REFUSED[flag];
    return [
      fc.constant<string[]>([`--${flag}`]),
      ...(refused ? [refused.chain((value) => spelled(flag, value))] : []),
    ];
  });
  return endings.length > 0 ? fc.oneof(...endings) : surplus(command);
}

const anything = fc.array(
  fc.oneof(hostileValue, unknownFlag, fc.constantFrom(...NAMES.map((flag) => `--${flag}`))),
  { maxLength: 5 },
);

/**
 * Argument lists of one command with at least one argument that must be refused: no flag can take it as its value, or
 * nothing follows it. None of them may start a server.
 */
export const refusedArguments = (command: CommandName): fc.Arbitrary<string[]> =>
  fc
    .oneof(
      fc.tuple(wholeFlags(command), surplus(command), anything),
      fc.tuple(wholeFlags(command), badEnding(command)),
    )
    .map((parts) => [command, ...parts.flat()]);
