import { copyStatement } from '../../../seed/copy-stream.ts';
import { copyLine } from '../../../seed/copy-text.ts';
import { integer, pick } from '../../../seed/distributions.ts';
import { agentExecutions } from '../../../seed/tables/agent-executions.ts';
import { contactSocialProfiles } from '../../../seed/tables/contact-social-profiles.ts';
import { leads } from '../../../seed/tables/leads.ts';
import { organizationCharts } from '../../../seed/tables/organization-charts.ts';
import { REFERENCE_TIME, timestamp } from '../../../seed/tables/reference-time.ts';
import { socialMediaActivity } from '../../../seed/tables/social-media-activity.ts';
import { voiceSessionLogs } from '../../../seed/tables/voice-session-logs.ts';
import { vocabulary } from '../../../seed/vocabulary.ts';
import type { Cell, GeneratedTable } from '../../model/dataset.ts';
import type { DrawContext, Parameter, Random, Workload } from '../../model/work-item.ts';
import type { WriteDefinition } from '../../suite/define-suite.ts';
import { sql } from './sql.ts';

/** The six tables that the candidate adds indexes to. */
const indexedTables = [
  leads,
  socialMediaActivity,
  contactSocialProfiles,
  agentExecutions,
  organizationCharts,
  voiceSessionLogs,
];

const kebab = (name: string): string => name.replaceAll('_', '-');

/** The columns that an application gives: all but the serial. */
const givenColumns = (table: GeneratedTable): string[] =>
  table.columns.filter((column) => column !== table.serial);

/** A row that comes after the seeded ones and those inserted before it, without its serial. */
function newRow(table: GeneratedTable, { random, rowsOf }: DrawContext, ordinal: number): Cell[] {
  const rows = rowsOf(table.name);
  const row = table.row({ random, rowsOf, rows }, rows + ordinal);
  return row.filter((_, position) => table.columns[position] !== table.serial);
}

/** One row that the application might add. */
export function insert(table: GeneratedTable): WriteDefinition {
  const columns = givenColumns(table);
  const placeholders = columns.map((_, position) => `$${position + 1}`);
  return {
    id: `insert-${kebab(table.name)}`,
    title: `INSERT ${table.name}`,
    operation: 'INSERT',
    table: table.name,
    sql: `INSERT INTO ${table.name} (${columns.join(', ')}) VALUES (${placeholders.join(', ')})`,
    draw: (context) => newRow(table, context, context.ordinal),
  };
}

const COPY_ROWS = 1000;

function copy(table: GeneratedTable): WriteDefinition {
  return {
    id: `copy-${kebab(table.name)}`,
    title: `COPY 1,000 rows ${table.name}`,
    workload: 'full',
    operation: 'COPY',
    table: table.name,
    sql: copyStatement(table.name, givenColumns(table)),
    draw: (context) => {
      const first = context.ordinal * COPY_ROWS;
      const rows = Array.from({ length: COPY_ROWS }, (_, row) => newRow(table, context, first + row));
      return [rows.map(copyLine).join('')];
    },
  };
}

function update(
  table: GeneratedTable,
  column: string,
  workload: Workload,
  value: (random: Random) => Parameter,
): WriteDefinition {
  const id = `update-${kebab(table.name)}-${kebab(column)}`;
  return {
    id,
    title: `UPDATE ${table.name}.${column}`,
    workload,
    operation: 'UPDATE',
    table: table.name,
    sql: sql(`writes/${id}.sql`),
    targets: sql(`writes/targets/${kebab(table.name)}.sql`),
    draw: ({ random, target }) => [target, value(random)],
  };
}

function remove(table: GeneratedTable, workload: Workload, targets: string): WriteDefinition {
  const id = `delete-${kebab(table.name)}`;
  return {
    id,
    title: `DELETE ${table.name}`,
    workload,
    operation: 'DELETE',
    table: table.name,
    sql: sql(`writes/${id}.sql`),
    targets: sql(`writes/targets/${targets}.sql`),
  };
}

const moment = (random: Random): string => timestamp(REFERENCE_TIME + integer(random, 0, 86_400_000));
const count = (random: Random): number => integer(random, 0, 100);

/** An update of a column that the candidate indexes, for each table. */
const indexedUpdates = [
  update(leads, 'updated_at', 'headline', moment),
  update(socialMediaActivity, 'sentiment', 'headline', (random) =>
    pick(random, ['positive', 'neutral', 'negative']),
  ),
  update(contactSocialProfiles, 'decision_maker_score', 'headline', count),
  update(agentExecutions, 'completed_at', 'headline', moment),
  update(organizationCharts, 'lead_id', 'headline', (random) => integer(random, 1, 100)),
  update(voiceSessionLogs, 'completed_at', 'headline', moment),
];

/** An update of a column that no index covers, before or after, for each table. */
const uncoveredUpdates = [
  update(leads, 'notes', 'full', (random) => pick(random, vocabulary().sentences)),
  update(socialMediaActivity, 'likes_count', 'full', count),
  update(contactSocialProfiles, 'tenure', 'full', (random) => `${count(random)} months`),
  update(agentExecutions, 'retry_count', 'full', count),
  update(organizationCharts, 'chart_depth', 'full', count),
  update(voiceSessionLogs, 'total_turns', 'full', count),
];

const [, ...otherTables] = indexedTables;

/** The writes. Deleting a lead makes PostgreSQL look for children in every table that refers to leads. */
export const writes: readonly WriteDefinition[] = [
  ...indexedTables.map(insert),
  ...indexedUpdates,
  { ...remove(leads, 'headline', 'childless-leads'), title: 'DELETE leads, without children' },
  ...uncoveredUpdates,
  ...otherTables.map((table) => remove(table, 'full', kebab(table.name))),
  ...indexedTables.map(copy),
];
