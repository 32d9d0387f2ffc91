import type { Flag, ValueFlag } from '../../flags/flag.ts';
import { databaseUrl, ELSEWHERE } from '../flags.ts';

const serverUrl = (typed: string): string => databaseUrl(typed, ELSEWHERE);

export const before = {
  usage: '--before <url>',
  help: 'one of two servers on which the arms change places, instead of --target',
  commands: ['run'],
  parse: serverUrl,
  replay: (servers) => servers.before,
  resumable: true,
} satisfies ValueFlag<string, ServerUrls>;

export const after = {
  usage: '--after <url>',
  help: 'the other one, where the candidate is measured first',
  commands: ['run'],
  parse: serverUrl,
  replay: (servers) => servers.after,
  resumable: true,
} satisfies ValueFlag<string, ServerUrls>;

export const asTheyAre = {
  usage: '--as-they-are',
  help: 'the databases of --before and --after are there, and differ in indexes alone: read them, make nothing',
  commands: ['run'],
  replay: (servers) => servers.asTheyAre || undefined,
} satisfies Flag<ServerUrls>;

/** Of the two servers, and whether the databases that they name are the arms. */
export interface ServerUrls {
  before: string;
  after: string;
  asTheyAre: boolean;
}
