import type { DumpedFile, SourceFacts } from '../model/source.ts';

/** What the rows of a suite come from. */
export function originText({ dumped, snapshot, postgresVersion }: SourceFacts): string {
  if (snapshot) return snapshotText(snapshot, postgresVersion);
  return dumped ? dumpedText(dumped) : `PostgreSQL ${postgresVersion}`;
}

export const snapshotText = ({ file }: { file: string }, version: string): string =>
  `snapshot ${file} of PostgreSQL ${version}`;

/** A dump, with what its header tells. */
export const dumpedText = ({ file, version, pgDump }: DumpedFile): string => {
  const from = version === undefined ? '' : `, dumped from PostgreSQL ${version}`;
  return `file ${file}${from}${pgDump === undefined ? '' : ` by pg_dump ${pgDump}`}`;
};
