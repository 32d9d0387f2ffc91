import { isOwnRelation, objectText, optionsText } from '../catalog-sql.ts';
import type { Kind } from './kind.ts';

/** SQL: every row `o` of pg_constraint on a table that no extension makes. */
const constraintsOf = (condition: string, only: string, definition: string, part = 'NULL'): string => `
  SELECT 'pg_constraint:' || o.oid AS address, ${objectText('pg_constraint', 'o.oid')} AS object,
         format('ALTER TABLE ${only}%I.%I ADD CONSTRAINT %I %s', n.nspname, c.relname, o.conname, ${definition}) AS sql,
         ${part} AS part
  FROM pg_constraint o
  JOIN pg_class c ON c.oid = o.conrelid AND c.relkind IN ('r', 'p')
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
  LEFT JOIN pg_class i ON i.oid = o.conindid
  WHERE ${condition}`;

const PRINTED = 'pg_get_constraintdef(o.oid)';

/** Children get those of their parents from them. A check that is not valid would refuse rows that the source has. */
export const CHECKS: Kind = {
  part: 'beforeRows',
  query: constraintsOf(
    `o.contype = 'c' AND o.conislocal`,
    '',
    PRINTED,
    `CASE WHEN NOT o.convalidated THEN 'afterRows' END`,
  ),
};

/** NOT NULL that old rows may break (from 18 on). The others are part of their tables. */
export const UNPROVED_NOT_NULLS: Kind = {
  part: 'afterRows',
  query: constraintsOf(`o.contype = 'n' AND NOT o.convalidated AND o.conislocal`, '', PRINTED),
};

/** A child may have proved for its rows what its parent has not. */
export const PROVED_BY_CHILDREN: Kind = {
  part: 'afterRows',
  query: `
    SELECT NULL AS address, 'validity of ' || ${objectText('pg_constraint', 'o.oid')} AS object,
           format('ALTER TABLE %I.%I VALIDATE CONSTRAINT %I', n.nspname, c.relname, o.conname) AS sql,
           'pg_class:' || c.oid AS after
    FROM pg_constraint o
    JOIN pg_class c ON c.oid = o.conrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
    WHERE o.contype IN ('c', 'n') AND o.convalidated AND NOT o.conislocal
      AND EXISTS (SELECT FROM pg_inherits i JOIN pg_constraint p ON p.conrelid = i.inhparent
                  WHERE i.inhrelid = c.oid AND p.conname = o.conname AND NOT p.convalidated)`,
};

/** PostgreSQL prints a key without the storage options of its index. They stand before DEFERRABLE. */
const WITH_OPTIONS = `
  regexp_replace(${PRINTED}, '( DEFERRABLE)?( INITIALLY DEFERRED)?$',
                 coalesce(' WITH (' || replace(${optionsText('i.reloptions')}, '\\', '\\\\') || ')', '') || '\\1\\2')`;

export const KEYS: Kind = {
  part: 'afterRows',
  query: constraintsOf(
    `o.contype IN ('p', 'u', 'x')`,
    'ONLY ',
    `CASE o.contype WHEN 'x' THEN ${PRINTED} ELSE ${WITH_OPTIONS} END`,
  ),
};

/** PostgreSQL makes those of partitions from that of their table. */
export const FOREIGN_KEYS: Kind = {
  part: 'afterRows',
  query: constraintsOf(`o.contype = 'f' AND o.conparentid = 0`, '', PRINTED),
};
