import { randomFor } from '../../seed/random.ts';
import { withSessions, type Connection } from '../database/connection.ts';
import type { Login } from '../database/login.ts';
import { SESSIONS_BESIDE_ARMS, type Server, type Site } from '../database/server.ts';
import type { AskRows } from '../database/ask-rows.ts';
import type { Observer, Observers } from '../measure/observer.ts';
import { firstArms, openingOrder } from '../measure/arm-order.ts';
import type { ArmSessions } from '../measure/sessions.ts';
import type { Arm, PerArm } from '../model/arm.ts';
import type { Warning } from '../model/outcome.ts';
import { canonicalRelation } from '../model/relation.ts';
import type { Environment } from '../model/run.ts';
import type { Progress } from '../model/progress.ts';
import type { Random, ReadItem, Scheduled, Workload, WriteItem } from '../model/work-item.ts';
import type { Phases } from './phases.ts';
import type { RunRequest } from './run-request.ts';
import type { RunState } from './run-state.ts';
import type { RunStore } from './run-store.ts';

/** The server of each arm. */
export type Placement = PerArm<Server>;

/** Where a run takes place, and where its findings go. */
export interface RunSite extends Site {
  /** The server of each arm: `server` of both, or, where the arms are on two, of one. */
  placement: Placement;
  /** The same with the arms in each other's places, on two servers; every other round takes it. */
  crossed: Placement | undefined;
  state: RunState;
  store: RunStore;
  progress: Progress;
  phases: Phases;
  /** For the keys and targets of items. */
  ask: AskRows;
  /** How many copies of the arms may exist at the same time. */
  copiesAtOnce: number;
}

/** Where the arms are, before any of them is there, and what is known of the machine. */
export type RunPlace = Omit<RunSite, 'server' | 'ask' | 'copiesAtOnce'> & { environment: Environment };

/** Where items are measured, one after another. */
export interface ItemSite extends RunSite {
  workload: Workload;
  /** A generator for this purpose alone, the same for the same run seed. */
  randomFor: (purpose: string) => Random;
  /** Seeded rows of a table. */
  rowsOf: (table: string) => number;
}

/** @param request what decides the choices that are left to chance */
export function itemSiteOf(
  { workload, seed }: Pick<RunRequest, 'workload' | 'seed'>,
  site: RunSite,
): ItemSite {
  const rows = new Map(site.state.dataset.tables.map(({ table, rows }) => [canonicalRelation(table), rows]));
  return {
    ...site,
    workload,
    randomFor: (purpose) => randomFor(seed, purpose),
    rowsOf: (table) => rows.get(canonicalRelation(table)) ?? 0,
  };
}

/** Where a session beside the arms' watches each server. */
export interface ObservedSite extends ItemSite {
  /** Of `server`. */
  observer: Observer;
  observerOf: (server: Server) => Observer;
}

export const observersOf = ({ observerOf, placement: { before, after } }: ObservedSite): Observers => ({
  before: observerOf(before),
  after: observerOf(after),
});

/** The servers of a run: one or two. */
export const serversOf = ({ placement: { before, after } }: Pick<RunSite, 'placement'>): Server[] => [
  ...new Set([before, after]),
];

/** Those that rounds take in turn. */
export const placementsOf = ({ placement, crossed }: RunSite): Placement[] =>
  crossed ? [placement, crossed] : [placement];

/** The same site with both arms on one of its servers. */
export const aloneOn = <Sited extends Site>(site: Sited, server: Server) => ({
  ...site,
  server,
  placement: { before: server, after: server },
  crossed: undefined,
});

/** Which arm of an item comes first, pair by pair. Each purpose has an order of its own, the same for the same seed. */
export const orderFor = (
  { randomFor }: ItemSite,
  purpose: string,
  { item, baseline }: Scheduled<ReadItem | WriteItem>,
): Iterable<Arm> => firstArms(randomFor(`${purpose} ${baseline} ${item.id}`));

/** Runs `use` with sessions on the databases of both arms: as many as wanted, or fewer where the server has fewer. */
export async function withArms<T>(
  site: ItemSite,
  databases: PerArm<string>,
  wantedPerArm: number,
  use: (sessions: PerArm<ArmSessions>) => Promise<T>,
): Promise<T> {
  const { placement, signal, state, randomFor } = site;
  const random = randomFor(`sessions on ${databases.before}, round ${state.measured.rounds.length}`);
  const arms = openingOrder(random, wantedPerArm);
  const loginsOf = (perArm: number): Login[] =>
    arms.slice(0, 2 * perArm).map((arm) => placement[arm].owner(databases[arm]));
  const most = Math.min(...serversOf(site).map(mostPerArm));
  const choices = halvings(Math.min(wantedPerArm, most)).map(loginsOf);
  return withSessions(choices, signal, (connections) => {
    const perArm = connections.length / 2;
    if (perArm < wantedPerArm) state.addWarnings([fewSessions(perArm, wantedPerArm)]);
    const of = (arm: Arm): readonly Connection[] =>
      connections.filter((_, position) => arms[position] === arm);
    return use({ before: of('before'), after: of('after') } as PerArm<
      readonly Connection[]
    > as PerArm<ArmSessions>);
  });
}

const mostPerArm = ({ maxSessions }: Server): number =>
  Math.max(1, Math.floor((maxSessions - SESSIONS_BESIDE_ARMS) / 2));

/** 13, 7, 4, 2, 1. */
const halvings = (count: number): number[] =>
  count === 1 ? [1] : [count, ...halvings(Math.ceil(count / 2))];

const fewSessions = (perArm: number, wanted: number): Warning => ({
  code: 'few-sessions',
  cause: `each arm had ${perArm} of ${wanted} sessions: fewer that write at once, or a read that depends more on where their memory lies`,
  remedy: "raise --max-sessions or the role's CONNECTION LIMIT, or measure on a server of your own",
});
