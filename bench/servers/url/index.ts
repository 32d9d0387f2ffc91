import type { FlagReader } from '../../flags/flag-reader.ts';
import type { ValueFlag } from '../../flags/flag.ts';
import { whole } from '../../flags/values.ts';
import { LEAST_SESSIONS } from '../../database/server.ts';
import { chosenUrl, requiredUrl, size, url as urlFlag, yes } from '../flags.ts';
import { defineTarget } from '../target.ts';
import type { Visit } from './guest.ts';

/** In bytes. */
const maxSize = {
  usage: '--max-size <size>',
  help: 'of all databases made on the server of --url, such as 500MB or 8GB',
  default: '8GB',
  commands: ['run', 'sweep', 'nightly'],
  parse: size,
  resumable: true,
} satisfies ValueFlag<number>;

const maxSessions = {
  usage: '--max-sessions <number>',
  help: `open at once on the server of --url, from ${LEAST_SESSIONS}`,
  default: { words: 'half of those that are free' },
  commands: ['run', 'sweep', 'nightly', 'try'],
  parse: whole(`a whole number, ${LEAST_SESSIONS} or more`, (value) => value >= LEAST_SESSIONS),
  resumable: true,
} satisfies ValueFlag<number>;

/** What a guest asks for there. */
export const visitTo = (address: string, read: FlagReader): Visit => ({
  url: address,
  maxSizeBytes: read.value(maxSize),
  maxSessions: read.value(maxSessions) ?? Infinity,
});

const place = {
  name: 'url',
  summary: 'a server of yours, as a guest',
  cannot: 'restart it, or decide its settings',
  majors: [],
  libraries: [],
  flags: [urlFlag, maxSize, maxSessions, yes],
  parse: (read: FlagReader) => visitTo(requiredUrl(read, '--target url takes one'), read),
};

/** A server of somebody's, on which we are guests. */
export const url = defineTarget<Visit>({
  ...place,
  open: async (asked, opening, use) => {
    const { withGuestServer } = await import('./guest.ts');
    return withGuestServer({ ...asked, ...opening }, use);
  },
  leftovers: (read) => {
    const place = chosenUrl(read);
    return async (signal) =>
      place === undefined ? [] : (await import('./leftovers.ts')).leftOnServer(place, signal);
  },
});

/** The same, where nothing is made and the database of the URL is read. */
export const readPlace = defineTarget<Visit>({
  ...place,
  open: async (asked, opening, use) => {
    const { withReader } = await import('./reader.ts');
    return withReader({ ...asked, ...opening }, use);
  },
  leftovers: () => () => Promise.resolve([]),
});
