import type { DumpedFile, SourceFacts } from '../model/source.ts';

/** What the rows of a suite come from. */
export const originText = ({ dumped, postgresVersion }: SourceFacts): string =>
  dumped ? dumpedText(dumped) : `PostgreSQL ${postgresVersion}`;

/** A dump, with what its header tells. */
export const dumpedText = ({ file, version, pgDump }: DumpedFile): string => {
  const from = version === undefined ? '' : `, dumped from PostgreSQL ${version}`;
  return `file ${file}${from}${pgDump === undefined ? '' : ` by pg_dump ${pgDump}`}`;
};
