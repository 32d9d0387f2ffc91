import {
  bytes,
  count,
  counted,
  milliseconds,
  onlyAllowed,
  seconds,
  significant,
} from '../../format/quantity.ts';
import type { Estimate } from '../../model/estimate.ts';
import type { Result } from '../../model/result.ts';
import { left, right, type Section } from './section.ts';

/** How the run was measured: the server, the duration, and the command that repeats it. */
export function methodSection(result: Result): Section {
  const { run, environment, dataset } = result;
  const { machine, pinning } = environment;
  const rows = dataset.tables.reduce((sum, table) => sum + table.rows, 0);
  return {
    title: 'How it was measured',
    tables: [
      {
        caption: undefined,
        columns: [left('phase'), right('time'), left('')],
        rows: run.phases.map((phase) => [phase.name, seconds(phase.seconds), phase.detail]),
      },
    ],
    remarks: [
      `PostgreSQL ${environment.postgresVersion}, ${environment.target}; Node ${environment.nodeVersion}`,
      `${machine.cpu}, ${counted(machine.cores, 'core')}${onlyAllowed(machine)}, ${bytes(machine.memoryBytes)}, ${machine.os}`,
      pinning.state === 'pinned'
        ? `server process and harness shared core ${pinning.core}`
        : `server process and harness were not confined to one core: ${pinning.reason}`,
      ...(environment.roundTripMs ? [roundTripRemark(environment.roundTripMs)] : []),
      `${count(rows)} rows at scale ${run.scale}, seed ${run.seed}`,
      ...dataset.raised.map(
        ({ table, from, to, reason }) =>
          `${table}: ${count(to)} rows instead of ${count(from)}, because ${reason}`,
      ),
      ...(run.resumedAt ?? []).map((at) => `ended early, and was resumed at ${at}`),
      `again: ${run.command}`,
    ],
  };
}

const roundTripRemark = ({ point, low, high }: Estimate): string =>
  `an empty query takes the client ${milliseconds(point)} [${significant(low)}, ${significant(high)}]: part of every time but those on the server`;
