import type { Locale } from '../../model/locale.ts';
import { localeIn } from './dump-locale.ts';

/** What a dump says of itself. */
export interface DumpHeader {
  /** Of the server that it was made of: `15.18`. */
  version?: string;
  /** Version of the pg_dump that made it. */
  pgDump?: string;
  /** Of its database, which only a dump as SQL that creates one tells in its beginning. */
  locale?: Locale;
}

/** Of a dump as SQL, however it was made. */
const FIRST_LINE = /^-- PostgreSQL database dump\r?$/m;

/** What a dump as SQL ends with; after it there are only comments and commands of psql. */
export const LAST_LINE = '-- PostgreSQL database dump complete';

export const isSqlDump = (text: string): boolean => FIRST_LINE.test(text);

/** pg_dumpall's: roles, and one database after another. */
export const isClusterDump = (text: string): boolean =>
  /^-- PostgreSQL database cluster dump\r?$/m.test(text);

/** @param text the beginning of a dump as SQL */
export function sqlHeader(text: string): DumpHeader {
  const [, version] = /^-- Dumped from database version (\d[\w.]*)/m.exec(text) ?? [];
  const [, pgDump] = /^-- Dumped by pg_dump version (\d[\w.]*)/m.exec(text) ?? [];
  const locale = localeIn(text);
  return {
    ...(version !== undefined && { version }),
    ...(pgDump !== undefined && { pgDump }),
    ...(locale && { locale }),
  };
}

/** The major of a version: 15 of `15.18`, and 18 of `18beta1`. */
export const majorOf = (version: string): number => Number.parseInt(version, 10);
