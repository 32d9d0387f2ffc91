import type { ValueFlag } from '../flags/flag.ts';
import { NotAccepted } from '../flags/values.ts';
import type { RunRequest } from './run-request.ts';

/** What a measurement rests on, and why nobody else may decide it. */
const RESERVED: ReadonlyMap<string, string> = new Map([
  ['autovacuum', 'is off for the tables of a run: VACUUM would change one arm and not the other'],
  ['fsync', 'is for the whole server: without it, a write does not cost what it costs elsewhere'],
  ['full_page_writes', 'is for the whole server: without them, WAL is not what it is elsewhere'],
  ['search_path', "is the suite's `searchPath`: it decides which relations a statement means"],
  ['statement_timeout', 'is set by --statement-timeout'],
  ['synchronize_seqscans', 'is off: a scan would begin where another has been, and read other blocks'],
  ['synchronous_commit', 'is varied by --workload full, which times writes with and without it'],
  ['timezone', 'is UTC: the same seed gives the same rows on every server'],
]);

/** By name, in lower case. */
export const setting = {
  usage: '--setting <name=value,...>',
  help: "planner settings of the measured sessions, such as work_mem=8MB; the others are the server's",
  commands: ['run', 'matrix', 'sweep', 'nightly', 'try'],
  parse: (typed) => {
    const settings = typed.split(',').map(parseSetting);
    const names = settings.map(([name]) => name);
    const twice = names.filter((name, place) => names.indexOf(name) < place);
    const reserved = names.flatMap((name) => {
      const reason = RESERVED.get(name);
      return reason === undefined ? [] : [`"${name}" ${reason}`];
    });
    const problems = [...new Set([...twice.map((name) => `"${name}" is there twice`), ...reserved])];
    if (problems.length > 0) throw new NotAccepted(problems.join('; '));
    return Object.fromEntries(settings);
  },
  replay: ({ settings }) => {
    const typed = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
    return typed.length > 0 ? typed.join(',') : undefined;
  },
} satisfies ValueFlag<Record<string, string>, RunRequest>;

function parseSetting(typed: string): [string, string] {
  // PostgreSQL ends a value at a zero byte, and a message at a line break.
  const [, name, value] = /^\s*([a-z_][\w.]*)\s*=\s*([^\p{Cc}]+?)\s*$/iu.exec(typed) ?? [];
  if (name === undefined || value === undefined)
    throw NotAccepted.value(typed, 'name=value, such as random_page_cost=4, several with commas between');
  return [name.toLowerCase(), value];
}
