import type { Connection } from '../database/connection.ts';
import type { SqlFile } from '../database/sql-file.ts';
import type { ServerRequest } from '../servers/target.ts';
import type { AskRows } from '../database/ask-rows.ts';
import type { Baseline } from '../model/arm.ts';
import type { TablesElsewhere } from '../model/dataset.ts';
import type { Mix } from '../model/migration.ts';
import type { Workload } from '../model/work-item.ts';
import type { Suite } from '../suite/suite.ts';

/** What decides the rows of a seeded database. */
export interface DatasetRequest {
  suite: Suite;
  scale: number;
  seed: number;
  /** Missing where the tables are in no module: one thread makes their rows. */
  tablesFrom?: TablesElsewhere | undefined;
  /** Those that make rows; one session more loads them. No row depends on it. @default one less than there are cores */
  threads?: number | undefined;
}

/** What decides a run's result, apart from the machine. */
export interface RunRequest extends DatasetRequest {
  /** As typed, to repeat the run with; undefined for the built-in suite. */
  suitePath: string | undefined;
  /** Asks for the same run again, where its suite is not kept; undefined where the flags do. */
  command?: string | undefined;
  /** As typed; undefined for the suite's own candidate. */
  candidatePath: string | undefined;
  /** The candidate as its author wrote it, for messages. @default the file of the suite */
  candidateFile?: SqlFile | undefined;
  baselines: readonly Baseline[];
  workload: Workload;
  /** Ids of the items to measure; empty means those of the workload. */
  only: readonly string[];
  /** Ids of the reads that --approximate has named: the suite has them so already. */
  approximate: readonly string[];
  /** Where the record is kept. */
  out: string;
  budgetSeconds: number;
  mix: Mix;
  server: ServerRequest;
  /** Gives the suite to measure, and its mix, once its rows are loaded, where these decide which of its statements can be run. */
  suiteOnRows?:
    ((template: Connection, ask: AskRows) => Promise<Pick<RunRequest, 'suite' | 'mix'>>) | undefined;
  statementTimeoutSeconds: number;
  /** Of the planner, for every session that runs the suite's SQL; the others are the server's. */
  settings: Readonly<Record<string, string>>;
  /** Leave the server running afterwards. */
  keep: boolean;
}
