import type { Server } from '../database/server.ts';
import { replayed, type Flag } from '../flags/flag.ts';
import type { FlagReader } from '../flags/flag-reader.ts';
import { serverSettings } from './server-settings.ts';

/** What is known of a visit to somebody's server before anything is made there. */
interface Preview {
  /** Why others seem to depend on the server; empty when nobody does. */
  concerns: readonly string[];
  /** What a run may open at the same time. */
  maxSessions: number;
}

/**
 * Told once, before anything is made on somebody's server, and asked where others seem to depend on it.
 *
 * @throws RunError or UsageError when it is to be left alone
 */
export type Confirm = (preview: Preview) => Promise<void>;

/** A database or role of ours that could not be removed from somebody's server, and why. */
export interface LeftBehind {
  name: string;
  reason: string;
  /** For a shell: tries again. */
  command: string;
}

export interface ServerOptions {
  /** Of the dataset, which decides how much memory the server gets. */
  scale: number;
  /** 0 for no limit. */
  statementTimeoutSeconds: number;
  /** For sessions that run the suite's SQL. @default the server's own */
  sessionSettings?: Readonly<Record<string, string>>;
  /** Leave what was made in place once `use` has succeeded. */
  keep: boolean;
  signal: AbortSignal;
  confirm: Confirm;
  /** Told of each database or role of ours that somebody's server keeps. */
  onLeftBehind: (left: LeftBehind) => void;
}

/** For a server of ours: there is no host to ask or to tell. */
export const NO_HOST: Pick<ServerOptions, 'confirm' | 'onLeftBehind'> = {
  confirm: () => Promise.resolve(),
  onLeftBehind: () => undefined,
};

/** What a target opens a server with. */
export interface Opening extends Omit<ServerOptions, 'scale' | 'statementTimeoutSeconds'> {
  /** All that matter for measuring; on others' servers, those that measuring itself needs are used. */
  settings: Record<string, string>;
}

/** Something that a run has made and not removed. */
export interface Leftover {
  name: string;
  /** What it is, and where. */
  description: string;
  /** Nobody's: what is in use, or kept and running, is left alone. */
  isOrphaned: boolean;
  remove: () => Promise<unknown>;
}

/** The server of a run, as it was asked for. */
export interface ServerRequest {
  /** Name of the target. */
  target: string;
  /** Whether it is two databases that are there already, to be read as they are. @default false */
  asTheyAre?: boolean;
  /** Words that lead to the same server again, its target among them, without a secret. */
  flags: readonly string[];
  /**
   * Runs `use` with the server, or with two on which the arms change places; what was made there is gone afterwards.
   */
  open: <T>(options: ServerOptions, use: (server: Server, other?: Server) => Promise<T>) => Promise<T>;
}

/**
 * Where servers come from. A record stays light: what it needs to open a server is loaded when it does.
 *
 * @typeParam Asked what its flags ask for, which nobody else looks into
 */
interface Definition<Asked> {
  name: string;
  /** Where the server comes from, for the documents. */
  summary: string;
  /** What a run does without there, for the documents. */
  cannot: string;
  /** Majors of PostgreSQL that `--pg` may ask it to start; none where the server is there already. */
  majors: readonly number[];
  /** The one of these that is asked for. */
  majorOf?: (asked: Asked) => number;
  /** Packages that nothing else may load; the import rules read this. */
  libraries: readonly string[];
  /** Those that `--target` makes sense of, beside what every run takes. */
  flags: readonly Flag<Asked>[];
  parse: (read: FlagReader) => Asked;
  open: <T>(asked: Asked, opening: Opening, use: (server: Server) => Promise<T>) => Promise<T>;
  /** @throws RunError when a major has to be added first */
  requireMajors?: (majors: readonly number[]) => void;
  /** @returns what looks for leftovers where the flags say */
  leftovers: (read: FlagReader) => (signal: AbortSignal) => Promise<Leftover[]>;
}

/** A target as the rest of the program sees it. */
export interface Target<Asked = never> extends Omit<Definition<Asked>, 'parse' | 'open' | 'majorOf'> {
  choose: (read: FlagReader) => ServerRequest;
  request: (asked: Asked) => ServerRequest;
}

export function defineTarget<Asked>({ parse, open, majorOf, ...target }: Definition<Asked>): Target<Asked> {
  const request = (asked: Asked): ServerRequest => ({
    target: target.name,
    get flags() {
      return ['--target', target.name, ...replayed(target.flags, asked)];
    },
    open: ({ scale, statementTimeoutSeconds, ...options }, use) => {
      const statement_timeout = `${statementTimeoutSeconds}s`;
      const settings = { ...serverSettings(scale, majorOf?.(asked)), statement_timeout };
      return open(asked, { ...options, settings }, use);
    },
  });
  return { ...target, request, choose: (read) => request(parse(read)) };
}
