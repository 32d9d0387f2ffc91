import type { SourceCatalog } from '../statements/catalog.ts';
import { withWholeLists } from '../statements/parameters/rewrite.ts';
import type { ObservedStatement } from '../statements/source-statement.ts';
import { TOO_DEEP, unlessTooDeep } from '../statements/too-deep.ts';
import { fakeLiteral } from './fake-literal.ts';
import { fakeSql, withoutLiterals } from './fake-sql.ts';
import type { LiteralFakes } from './redaction.ts';

/**
 * A statement with the fakes that rows have in place of the texts that it looks for, and without its comments. Where nothing
 * tells which fakes these are, it is refused, and shown without its literals.
 */
export const fakeStatement = (
  observed: ObservedStatement,
  catalog: SourceCatalog,
  redaction: LiteralFakes,
): ObservedStatement =>
  unlessTooDeep(
    () => faked(observed, catalog, redaction),
    () => ({
      ...observed,
      sql: withoutLiterals(observed.sql),
      refusal: TOO_DEEP,
      key: undefined,
      values: undefined,
    }),
  );

function faked(
  observed: ObservedStatement,
  catalog: SourceCatalog,
  redaction: LiteralFakes,
): ObservedStatement {
  const { key, values, ...rest } = observed;
  const whole = withWholeLists(observed.sql);
  const fake = fakeSql(whole, catalog, redaction);
  const fakeKey = key === undefined ? undefined : fakeSql(key, catalog, redaction);
  const fakeOf = (value: string | null, at: number): string | null | undefined =>
    value === null ? value : fakeLiteral(value, fake.byNumber.get(at + 1) ?? 'unknown', redaction);
  const fakeValues = values?.map(fakeOf).filter((value) => value !== undefined);
  if (fake.isUnknown || fakeKey?.isUnknown || fakeValues?.length !== values?.length)
    return { ...rest, sql: withoutLiterals(whole), refusal: REFUSAL };
  return {
    ...rest,
    sql: fake.sql,
    ...(fakeValues && { values: fakeValues }),
    ...(fakeKey && { key: fakeKey.sql }),
  };
}

const REFUSAL = 'nothing tells which fake a literal of it needs (--redact)';
