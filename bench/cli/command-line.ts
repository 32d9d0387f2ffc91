import { Command, CommanderError, Option } from 'commander';
import { COMMANDS, type CommandLine, type CommandName } from '../flags/commands.ts';
import { defaultOf, shownDefault, type Flag } from '../flags/flag.ts';
import { plainText } from '../format/plain-text.ts';
import { UsageError } from '../model/errors.ts';
import { programCommand, VERSION } from '../system/program.ts';
import { FLAGS } from './flags.ts';

/** Text that answers the command line by itself: --help. */
export interface Answer {
  text: string;
}

/**
 * Recognises the command and its flags.
 *
 * @param argv without the program's own name
 * @throws UsageError when there is no telling what was meant
 */
export function parseCommandLine(argv: readonly string[]): CommandLine | Answer {
  const output: string[] = [];
  let recognised: CommandLine | undefined;
  const program = buildProgram(output, (line) => (recognised = line));
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { text: output.join('') };
    throw new UsageError([withoutUrls(error.message.replace(/^error: /, ''))]);
  }
  return recognised ?? { text: program.helpInformation() };
}

function buildProgram(output: string[], recognise: (line: CommandLine) => void): Command {
  const configured = (command: Command): Command =>
    command
      .exitOverride()
      .configureOutput({ writeOut: (text) => output.push(text), writeErr: () => undefined })
      .configureHelp({ helpWidth: 100 });
  const program = configured(new Command('index-impact')).version(VERSION, '--version', 'print the version');
  program.description('Measures what an index migration does to a real PostgreSQL, and says how sure it is.');
  for (const name of Object.keys(COMMANDS) as CommandName[]) {
    program.addCommand(configured(buildCommand(name, recognise)));
  }
  return program;
}

function buildCommand(name: CommandName, recognise: (line: CommandLine) => void): Command {
  const { summary, arguments: taken } = COMMANDS[name];
  const command = new Command(name).description(summary).allowUnknownOption().allowExcessArguments();
  for (const { usage, help } of taken) command.argument(usage, help);
  for (const flag of FLAGS.filter(({ commands }) => commands.includes(name)))
    command.addOption(optionOf(flag, name));
  return command.action(() => {
    // Unknown flags come with the arguments; none must be taken for the one that was asked for.
    const places = command.args
      .flatMap((text, place) => (text.startsWith('-') ? [] : [place]))
      .slice(0, taken.some(({ usage }) => /\.\.\.[>\]]$/.test(usage)) ? undefined : taken.length);
    recognise({
      command: name,
      values: Object.fromEntries(command.options.flatMap((option) => valueOf(command, option))),
      arguments: places.map((place) => command.args[place] ?? ''),
      problems: surplusProblems(
        name,
        command.args.filter((_, place) => !places.includes(place)),
      ),
    });
  });
}

/** A list may be typed in parts. Of another flag, the last value counts. */
function optionOf(flag: Flag, command: CommandName): Option {
  const option = new Option(flag.usage, helpOf(flag, command));
  return flag.usage.endsWith(',...>') ? option.argParser(joined) : option;
}

const joined = (typed: string, before: string | undefined): string =>
  before === undefined ? typed : `${before},${typed}`;

function helpOf(flag: Flag, command: CommandName): string {
  const fallback = shownDefault(defaultOf(flag, command));
  return fallback === undefined ? flag.help : `${flag.help} (default: ${fallback})`;
}

/** A flag's value under the name that it is typed with; commander keeps it under another. */
function valueOf(command: Command, option: Option): [string, string | true][] {
  const value: unknown = command.getOptionValue(option.attributeName());
  if (option.negate) return value === false ? [[option.name(), true]] : [];
  return typeof value === 'string' || value === true ? [[option.name(), value]] : [];
}

/** What follows an unknown flag is most likely its value, and not reported a second time. */
function surplusProblems(name: CommandName, surplus: readonly string[]): string[] {
  return surplus.flatMap((typed, position) => {
    const text = plainText(withoutUrls(typed));
    if (text.startsWith('-'))
      return [`${text}: "${name}" has no such flag; see ${programCommand(name, '--help')}`];
    const isValue = surplus[position - 1]?.startsWith('-') ?? false;
    return isValue ? [] : [`${text}: "${name}" takes no such argument`];
  });
}

/** What was typed, without what may be a password in it. */
const withoutUrls = (typed: string): string => typed.replace(/(postgres(?:ql)?:\/\/).+/gis, '$1…');
