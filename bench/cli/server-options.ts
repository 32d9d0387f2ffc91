import { z } from 'zod';
import { EMBEDDED_MAJORS } from '../servers/embedded/server-binaries.ts';
import type { ServerRequest } from '../servers/server-request.ts';
import { LEAST_SESSIONS } from '../database/server.ts';
import { databaseUrl } from './database-url.ts';
import { DEFAULTS } from './defaults.ts';
import type { FlagReader } from './flag-reader.ts';
import type { Io } from './io.ts';

/** Where the server of a run comes from. Flags that this target does not take are problems. */
export function chosenServer(read: FlagReader, env: Io['env']): ServerRequest {
  const target = read.choice('target', ['embedded', 'docker', 'url'], DEFAULTS.target);
  refuseStrangers(read, target);
  switch (target) {
    case 'embedded':
      return { target, major: chosenMajor(read) };
    case 'docker':
      return { target, ...chosenImage(read) };
    case 'url': {
      const url = databaseUrl(read, env);
      if (url === undefined)
        read.problem('url', 'is missing, and so is DATABASE_URL; --target url takes one');
      return { target, url: url ?? '', maxSizeBytes: chosenSize(read), maxSessions: chosenSessions(read) };
    }
  }
}

const TAKEN = {
  embedded: ['pg'],
  docker: ['pg', 'image'],
  url: ['url', 'max-size', 'max-sessions', 'yes'],
} as const;

function refuseStrangers(read: FlagReader, target: keyof typeof TAKEN): void {
  for (const [owner, flags] of Object.entries(TAKEN)) {
    for (const flag of flags) {
      const isTaken = (TAKEN[target] as readonly string[]).includes(flag);
      if (read.isGiven(flag) && !isTaken)
        read.problem(flag, `says nothing to --target ${target}; it is for --target ${owner}`);
    }
  }
}

export function chosenMajor(read: FlagReader): number {
  return Number(read.choice('pg', EMBEDDED_MAJORS.map(String), String(DEFAULTS.pg)));
}

/** The settings of a server depend on its major, so that an image has to say it, or --pg. */
function chosenImage(read: FlagReader): { image: string; major: number } {
  const image = read.text('image', '');
  const tagged = /:(\d+)(?:[.-].*)?$/.exec(image)?.[1];
  if (!read.isGiven('image')) return { image: `postgres:${chosenMajor(read)}`, major: chosenMajor(read) };
  if (read.isGiven('pg') || tagged === undefined || !EMBEDDED_MAJORS.includes(Number(tagged))) {
    if (!read.isGiven('pg'))
      read.problem('pg', `is missing; "${image}" does not say which PostgreSQL it holds`);
    return { image, major: chosenMajor(read) };
  }
  return { image, major: Number(tagged) };
}

const SESSIONS = z.int().min(LEAST_SESSIONS);

/** Infinity where only the server limits them. */
const chosenSessions = (read: FlagReader): number =>
  read.number('max-sessions', SESSIONS, Infinity, `a whole number, ${LEAST_SESSIONS} or more`);

const UNITS = { MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 };

function chosenSize(read: FlagReader): number {
  const typed = read.text('max-size', DEFAULTS.maxSize);
  const [, figure, unit] = /^(\d+(?:\.\d+)?)\s*(MB|GB|TB)$/i.exec(typed) ?? [];
  const bytes = Number(figure) * UNITS[(unit ?? 'GB').toUpperCase() as keyof typeof UNITS];
  if (bytes > 0) return bytes;
  read.problem('max-size', `"${typed}" is not accepted; it takes a size such as 500MB or 8GB`);
  return 0;
}
