import type { SqlFile } from '../../database/sql-file.ts';
import { bytes, count, counted } from '../../format/quantity.ts';
import { Phases } from '../../run/phases.ts';
import type { TableCopy } from '../../source/copy-tables.ts';
import { inspect } from '../../source/inspect.ts';
import { statementCounts, type Inspection } from '../../source/inspection.ts';
import { changesLeftOut } from '../../source/migrations/since-text.ts';
import { originalVersion, type Source } from '../../source/open-source.ts';
import { redactedTexts } from '../../source/redact/redaction.ts';
import { previewText } from '../../source/preview.ts';
import { writeRows, writeSchema } from '../../source/suite-folder.ts';
import type { Io } from '../io.ts';
import { withProgress } from '../with-progress.ts';
import { agree } from './agree.ts';
import { minutesFor } from './minutes.ts';
import { folderText } from './folder-text.ts';
import { candidateFiles, candidateName, planOf, toolOf, type CandidatePart } from './chosen-migration.ts';
import { madeRows } from './made-rows.ts';
import type { SourceOptions } from './options.ts';
import { withOrigin } from './origin.ts';
import type { SourceRead } from './read-suite.ts';
import { refuseWithoutRoom } from './refuse-without-room.ts';
import { rebuild, type MeasuringServer, type Rebuilt } from './rebuild.ts';

/**
 * Reads a source into a folder: schema, migration and rows. What cannot be measured is known, and everything is shown and agreed to,
 * before a row is copied. The source is let go of as soon as its rows are there.
 *
 * @param serverFor chooses where it will be measured, once the source is known
 */
export async function readSource(
  folder: string,
  options: SourceOptions,
  serverFor: (source: { major: number }) => MeasuringServer,
  io: Io,
): Promise<SourceRead> {
  const { up: migration, parts, down } = await candidateFiles(options.migration);
  const making = { hidesRows: options.redact !== undefined, plan: planOf(options.migration) };
  return withOrigin(options.origin, making, io, async (source) => {
    const readAt = source.described?.takenAt ?? new Date();
    const where = serverFor(originalVersion(source));
    const site = { folder, source, migration, parts, where, options, io };
    const { inspection, leftOut, measuredLocale } = await examine(site);
    const candidate = candidateName(options.migration);
    const { described } = source;
    const made = described ? madeRows(described.snapshot, inspection, options.choice) : undefined;
    const sized = made ? { ...inspection, tables: made.sizes } : inspection;
    await refuseWithoutRoom(folder, sized, where);
    const minutes = minutesFor(sized, where);
    const titles = { candidate, folder: folderText(options) };
    const shown = {
      inspection,
      ...titles,
      leftOut,
      madeRows: made?.count,
      ...where,
      measuredLocale,
      minutes,
    };
    await agree(previewText(shown, io.stderr.columns ?? Infinity), options, io);
    const { transaction } = migration;
    const { tables, scale } = made ?? { tables: await copy(site, inspection), scale: 1 };
    const named = { name: suiteName(inspection), candidate, transaction, down, inspection };
    const content = { ...named, snapshot: made?.snapshot };
    return { content, tables, scale, migration, leftOut, readAt, where };
  });
}

interface ReadingSite {
  folder: string;
  source: Source;
  migration: SqlFile;
  parts: readonly CandidatePart[];
  where: MeasuringServer;
  options: SourceOptions;
  io: Io;
}

const examine = ({ folder, source, migration, parts, where, options, io }: ReadingSite) =>
  withProgress(io, async (progress) => {
    const phases = new Phases(progress, () => undefined);
    const request = { ...options, migration, rebuiltOn: where.major ?? source.major, signal: io.signal };
    const inspection = await phases.during('source', () => inspect(source, request), describeInspection);
    const leftOut = await writeSchema(folder, source, inspection, migration);
    const { locale, searchPath, distribution } = inspection;
    const tool = toolOf(options.migration);
    const rebuilding = { parts, tool, leftOut, locale, distribution, searchPath: searchPath.schemas };
    const rebuilt = await phases.during(
      'schema',
      () => rebuild(folder, source, where, rebuilding, io.signal),
      describeDifferences,
    );
    const replaced = inspection.redaction ? [redactedTexts(inspection.redaction)] : [];
    const notRestored = source.restored?.leftOut ?? [];
    const { since } = planOf(options.migration) ?? {};
    const onBranch = since ? changesLeftOut(since) : [];
    const differing = [...onBranch, ...replaced, ...notRestored, ...leftOut, ...rebuilt.differences];
    return { inspection, leftOut: differing, measuredLocale: rebuilt.locale };
  });

const copy = ({ folder, source, io }: ReadingSite, inspection: Inspection): Promise<TableCopy[]> =>
  withProgress(io, (progress) => {
    const total = inspection.tables.length;
    let done = 0;
    const copied = ({ table, bytes: size }: TableCopy): void => {
      progress.phaseAdvanced(`${++done} of ${total} tables   ${table.name}   ${bytes(size)}`);
    };
    return new Phases(progress, () => undefined).during(
      'copy',
      () => writeRows(folder, source, inspection, copied, io.signal),
      describeCopies,
    );
  });

const describeInspection = ({ source, tables, statements }: Inspection): string =>
  `PostgreSQL ${source.version}   ${counted(tables.length, 'table')}   ${counted(statementCounts(statements).observed, 'statement')}`;

const describeDifferences = ({ differences }: Rebuilt): string =>
  differences.length === 0
    ? 'rebuilt, the same; the migration can be applied'
    : `rebuilt, with ${counted(differences.length, 'difference')}; the migration can be applied`;

const describeCopies = (copies: readonly TableCopy[]): string => {
  const sum = (figure: 'rows' | 'bytes'): number => copies.reduce((total, one) => total + one[figure], 0);
  return `${count(sum('rows'))} rows   ${bytes(sum('bytes'))}`;
};

/** Kebab-case: as the database is called, or the file. */
const suiteName = ({ source: { database, dumped, snapshot } }: Inspection): string =>
  (
    (dumped ?? snapshot)?.file.replace(/(\.(sql|gz|dump|backup|tar|custom|dir|snapshot|json))+$/i, '') ??
    database
  )
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '') || 'source';
