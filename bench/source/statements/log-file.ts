import { fingerprintSync } from 'libpg-query';
import type { LogEntry } from './log-entries.ts';
import type { ObservedStatement } from './source-statement.ts';

/** One execution. */
interface Execution {
  sql: string;
  durationMs: number;
  values: readonly (string | null)[] | undefined;
}

/**
 * The statements of a log, with real values: of log_min_duration_statement, log_statement or auto_explain. Executions of
 * the same statement are one; its values are those of the execution whose duration is the median.
 *
 * @param origin the file
 */
export function loggedStatements(entries: readonly LogEntry[], origin: string): ObservedStatement[] {
  const groups = new Map<string, Execution[]>();
  for (const execution of entries.flatMap(executionOf)) {
    const kind = kindOf(execution.sql);
    groups.set(kind, [...(groups.get(kind) ?? []), execution]);
  }
  return [...groups.values()].flatMap((executions) => {
    const byDuration = executions.toSorted((one, other) => one.durationMs - other.durationMs);
    const typical = byDuration[Math.floor(byDuration.length / 2)];
    if (!typical) return [];
    const totalMs = executions.reduce((sum, { durationMs }) => sum + durationMs, 0);
    const { sql, values } = typical;
    return [{ sql, values, calls: executions.length, weight: executions.length, totalMs, origin }];
  });
}

/** The same for statements that differ in nothing but their values. */
function kindOf(sql: string): string {
  try {
    return fingerprintSync(sql);
  } catch {
    return sql;
  }
}

/** `duration: 1.2 ms  execute <unnamed>: SELECT ...`; `parse` and `bind` are steps of the same execution. */
const STATEMENT = /^(?:duration: ([\d.]+) ms {2})?(?:statement|execute [^:]*): ([\s\S]*)$/;

/** auto_explain, in its text format. */
const EXPLAINED = /^duration: ([\d.]+) ms {2}plan:\s*Query Text: ([\s\S]*)$/;

/** Where the text of auto_explain ends: at the parameters, or at the plan's first line. */
const PARAMETERS = /\nQuery Parameters: (.*)/;
const PLAN = /\n(?:Query Parameters: |.*\(cost=\d)[\s\S]*$/;

function executionOf({ message, detail }: LogEntry): Execution[] {
  const [, duration, sql] = STATEMENT.exec(message) ?? [];
  if (sql !== undefined) return [execution(sql, duration, /^parameters: (.*)$/is.exec(detail)?.[1])];
  const [, durationOfPlan, explained] = EXPLAINED.exec(message) ?? [];
  if (explained === undefined) return [];
  return [execution(explained.replace(PLAN, ''), durationOfPlan, PARAMETERS.exec(explained)?.[1])];
}

const execution = (sql: string, duration: string | undefined, parameters: string | undefined): Execution => ({
  sql: sql.trim().replace(/;$/, ''),
  durationMs: Number(duration ?? 0),
  values: parameters === undefined ? undefined : valuesOf(parameters),
});

/** `$1 = 'it''s', $2 = NULL` */
const valuesOf = (text: string): (string | null)[] =>
  [...text.matchAll(/\$\d+ = (?:NULL|'((?:[^']|'')*)')/g)].map(
    ([, value]) => value?.replaceAll("''", "'") ?? null,
  );
