/** The parts of an audit, in the order that they are checked and shown in. */
export type AuditKind =
  | 'invalid indexes'
  | 'unindexed foreign keys'
  | 'redundant indexes'
  | 'unused indexes'
  | 'bloated indexes'
  | 'vacuum and analyze';

/** One thing to look after. Names are quoted and qualified, as SQL takes them. */
export interface AuditFinding {
  what: string;
  /** On disk, of `what`; where that is partitioned, of all its partitions together. */
  bytes: number;
  why: string;
  /** SQL that mends it, for the reader to judge and run. */
  statement: string;
}

/** What one part found, and what it has to say about all of it or could not look at. */
interface AuditFindings {
  findings: readonly AuditFinding[];
  notes: readonly string[];
}

export type AuditOutcome = ({ state: 'checked' } & AuditFindings) | { state: 'not checked'; reason: string };

export type AuditPart = { kind: AuditKind } & AuditOutcome;

/** What `audit` found out about one database. */
export interface Audit {
  database: string;
  serverVersion: string;
  parts: readonly AuditPart[];
}
