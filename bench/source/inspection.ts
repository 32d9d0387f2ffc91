import type { Locale } from '../model/locale.ts';
import type { DumpedFile, SearchPath } from '../model/source.ts';
import type { SourceDistribution } from './distribution.ts';
import type { MigrationTables } from './migration-tables.ts';
import type { Source } from './open-source.ts';
import type { PlannerSetting } from './planner-settings.ts';
import type { Redaction } from './redact/redaction.ts';
import type { SamplePlan } from './sample/sample-plan.ts';
import type { SourceSchema } from './schema/source-schema.ts';
import type { SourceTable } from './source-tables.ts';
import type { Statements } from './statements/source-statement.ts';

/** All that is known of a source before any of its rows is copied. */
export interface Inspection extends MigrationTables {
  source: Pick<Source, 'version' | 'major' | 'isStandby'> & {
    database: string;
    dumped?: DumpedFile;
    snapshot?: { file: string };
  };
  locale: Locale;
  searchPath: SearchPath;
  schema: SourceSchema;
  /** Those whose rows are to be copied. */
  tables: readonly SourceTable[];
  /** Which of their rows. */
  sample: SamplePlan;
  /** Of a cluster. */
  distribution: SourceDistribution | undefined;
  /** Those that stay empty. */
  emptyTables: readonly SourceTable[];
  statements: Statements;
  /** Of the statements: those of a file are only proportions. */
  weightsAreCalls: boolean;
  settings: readonly PlannerSetting[];
  /** What takes the place of texts; undefined where rows are copied as they are. */
  redaction: Redaction | undefined;
}

/** One that is replayed with several keys counts once, and a write that is made up was never observed. */
export function statementCounts({
  replayable,
  leftOut,
}: Pick<Statements, 'replayable' | 'leftOut'>): Record<'observed' | 'replayed' | 'madeUp', number> {
  const ofSource = replayable.filter((one) => one.kind === 'read' || !one.madeUp);
  const replayed = new Set(ofSource.map(({ origin, sql }) => `${origin} ${sql}`)).size;
  const observed = replayed + leftOut.filter(({ madeUp }) => !madeUp).length;
  return { observed, replayed, madeUp: replayable.length - ofSource.length };
}

/** Of all that was observed, how much is measured. */
export const measuredShare = ({ leftOut }: Statements): number =>
  Math.max(0, 1 - leftOut.reduce((sum, { share }) => sum + share, 0));
