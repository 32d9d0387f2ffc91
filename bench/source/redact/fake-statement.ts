import type { SourceCatalog } from '../statements/catalog.ts';
import type { ObservedStatement } from '../statements/source-statement.ts';
import { fakeLiteral, fakeSql } from './fake-sql.ts';
import type { Redaction } from './redaction.ts';

/** A statement with the fakes that rows have in place of the texts that it looks for. */
export function fakeStatement(
  observed: ObservedStatement,
  catalog: SourceCatalog,
  redaction: Redaction,
): ObservedStatement {
  const { sql, kept, byNumber } = fakeSql(observed.sql, catalog, redaction);
  const key = observed.key === undefined ? undefined : fakeSql(observed.key, catalog, redaction);
  const values = observed.values?.map((value, at) =>
    value === null ? value : fakeLiteral(value, byNumber.get(at + 1) ?? 'unknown', redaction),
  );
  const unchanged = [...new Set([...kept, ...(key?.kept ?? [])])];
  return {
    ...observed,
    sql,
    ...(values && { values }),
    ...(key && { key: key.sql }),
    ...(unchanged.length > 0 && { notes: [`no fakes stand for ${unchanged.join(', ')}`] }),
  };
}
