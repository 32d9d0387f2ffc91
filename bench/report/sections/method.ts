import { placeText } from '../../format/place.ts';
import { hardwareText, machineText } from '../../format/machine-text.ts';
import { disturbedRounds } from '../../format/disturbed-rounds.ts';
import { bytes, count, milliseconds, seconds, significant } from '../../format/quantity.ts';
import type { Estimate } from '../../model/estimate.ts';
import type { MemoryUse } from '../../model/run.ts';
import type { Result } from '../../model/result.ts';
import { left, right, type Section } from './section.ts';

/** How the run was measured: the server, the duration, and the command that repeats it. */
export function methodSection(result: Result): Section {
  const { run, environment, dataset, rounds, servers } = result;
  const { machine, machineCheck, pinning } = environment;
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
      `PostgreSQL ${environment.postgresVersion}, ${placeText(environment)}; Node ${environment.nodeVersion}`,
      hardwareText(machine),
      ...(machineCheck ? [`before anything was measured: ${machineText(machineCheck)}`] : []),
      pinning.state === 'pinned'
        ? `server process and harness shared core ${pinning.core}`
        : `server process and harness were not confined to one core: ${pinning.reason}`,
      ...(rounds.length > 0 ? [disturbedRounds(rounds)] : []),
      ...(environment.memory ? [memoryRemark(environment.memory)] : []),
      ...(environment.roundTripMs ? [roundTripRemark(environment.roundTripMs)] : []),
      ...settingRemarks(result),
      `${count(rows)} rows ${servers?.arms === 'stay' ? 'as they are' : `at scale ${run.scale}`}, seed ${run.seed}`,
      ...dataset.raised.map(
        ({ table, from, to, reason }) =>
          `${table}: ${count(to)} rows instead of ${count(from)}, because ${reason}`,
      ),
      ...(run.resumedAt ?? []).map((at) => `ended early, and was resumed at ${at}`),
    ],
    again: run.command,
  };
}

/** What decides plans, and is not PostgreSQL's default: somebody has chosen it. */
function settingRemarks({ run, environment }: Result): string[] {
  const { notDefault = [], settings } = environment;
  const listed = (entries: readonly (readonly [string, string | undefined])[]): string =>
    entries.map(([name, value]) => `${name} = ${value}`).join(', ');
  return [
    ...(notDefault.length > 0
      ? [
          `settings that are not PostgreSQL's default: ${listed(notDefault.map((name) => [name, settings[name]]))}`,
        ]
      : []),
    ...(run.settings ? [`set with --setting: ${listed(Object.entries(run.settings))}`] : []),
  ];
}

/** "in memory: databases of at most 3.0 GB at the same time, with shared buffers 5.0 GB; 20.0 GB were free". */
const memoryRemark = ({ regime, dataBytes, wantedBytes, freeBytes }: MemoryUse): string => {
  const what = `databases of at most ${bytes(dataBytes)} at the same time, with shared buffers ${bytes(wantedBytes)}`;
  return freeBytes === undefined
    ? `${regime === 'unknown' ? 'in memory or larger than memory, the server does not tell' : regime}: ${what}`
    : `${regime}: ${what}; ${bytes(freeBytes)} were free`;
};

const roundTripRemark = ({ point, low, high }: Estimate): string =>
  `an empty query takes the client ${milliseconds(point)} [${significant(low)}, ${significant(high)}]: part of every time but those on the server`;
