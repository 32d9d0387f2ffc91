import { CASTS, OPERATORS } from './operators.ts';
import { COLLATIONS } from './collations.ts';
import { COLUMN_SETTINGS, COMPRESSIONS, INDEX_STATISTICS } from './column-settings.ts';
import { CHECKS, FOREIGN_KEYS, KEYS, PROVED_BY_CHILDREN, UNPROVED_NOT_NULLS } from './constraints.ts';
import { AGGREGATES, FUNCTIONS } from './functions.ts';
import { CLUSTERING, INDEX_PARTITIONS, INDEXES, REPLICA_IDENTITIES } from './indexes.ts';
import type { Kind } from './kind.ts';
import { EXTENSIONS, SCHEMAS } from './namespaces.ts';
import { POLICIES, ROW_SECURITY } from './row-security.ts';
import { SEQUENCE_OWNERS, SEQUENCES } from './sequences.ts';
import { STATISTICS_OBJECTS } from './statistics-objects.ts';
import { DEFAULTS, PARTITIONS, TABLES } from './tables.ts';
import { CONFIGURATIONS, DICTIONARIES } from './text-search.ts';
import { RULES, TRIGGER_STATES, TRIGGERS } from './triggers.ts';
import { COMPOSITE_TYPES, DOMAIN_CHECKS, DOMAINS, ENUMS, RANGES } from './types.ts';
import { MATERIALIZED_VIEWS, VIEWS } from './views.ts';

/** Every kind, in the order in which they are made where no object needs a later one. */
export const KINDS: readonly Kind[] = [
  SCHEMAS,
  EXTENSIONS,
  COLLATIONS,
  ENUMS,
  DOMAINS,
  COMPOSITE_TYPES,
  RANGES,
  DOMAIN_CHECKS,
  FUNCTIONS,
  AGGREGATES,
  OPERATORS,
  CASTS,
  DICTIONARIES,
  CONFIGURATIONS,
  SEQUENCES,
  TABLES,
  PARTITIONS,
  SEQUENCE_OWNERS,
  COLUMN_SETTINGS,
  COMPRESSIONS,
  DEFAULTS,
  CHECKS,
  VIEWS,
  MATERIALIZED_VIEWS,
  KEYS,
  INDEXES,
  INDEX_PARTITIONS,
  INDEX_STATISTICS,
  CLUSTERING,
  REPLICA_IDENTITIES,
  FOREIGN_KEYS,
  UNPROVED_NOT_NULLS,
  PROVED_BY_CHILDREN,
  STATISTICS_OBJECTS,
  RULES,
  TRIGGERS,
  TRIGGER_STATES,
  ROW_SECURITY,
  POLICIES,
];
