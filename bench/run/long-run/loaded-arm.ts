import { latencyOf } from '../../analyse/long-run.ts';
import { disableAutovacuum, enableAutovacuum } from '../../database/autovacuum.ts';
import { withConnection, type Connection } from '../../database/connection.ts';
import { armSize, watchArm } from '../../measure/long-run/arm-watch.ts';
import type { MixedLoad } from '../../measure/long-run/mixed-load.ts';
import { loadFor } from '../../measure/long-run/stretch.ts';
import type { ArmSessions } from '../../measure/sessions.ts';
import { passOnStatistics } from '../../measure/table-activity.ts';
import type { Arm } from '../../model/arm.ts';
import type { ArmSize, Stretch } from '../../model/long-run.ts';
import type { ItemSite } from '../sites.ts';

/** An arm that is loaded again and again, with everything that was found out meanwhile. */
export class ArmUnderLoad {
  readonly #arm: Arm;
  readonly #sessions: ArmSessions;
  readonly #load: MixedLoad;
  readonly #site: ItemSite;
  readonly durationsMs: number[] = [];

  constructor(arm: Arm, sessions: ArmSessions, load: MixedLoad, site: ItemSite) {
    this.#arm = arm;
    this.#sessions = sessions;
    this.#load = load;
    this.#site = site;
  }

  get usedUp(): readonly string[] {
    return this.#load.usedUp;
  }

  size(): Promise<ArmSize> {
    return armSize(this.#sessions[0]);
  }

  /** Autovacuum works on these tables meanwhile, and not while the other arm is loaded. */
  async stretch(seconds: number): Promise<Stretch> {
    const [session] = this.#sessions;
    const { signal } = this.#site;
    await enableAutovacuum(session);
    const [loaded, happened] = await this.#watching((watcher) =>
      Promise.all([loadFor(seconds, this.#load, this.#sessions), watchArm(watcher, seconds, signal)]),
    );
    await Promise.all(this.#sessions.map(passOnStatistics));
    await disableAutovacuum(session);
    const { executions, durationsMs, refused } = loaded;
    for (const durationMs of durationsMs) this.durationsMs.push(durationMs);
    return { arm: this.#arm, executions, latency: latencyOf(durationsMs), refused, ...happened };
  }

  #watching<T>(use: (watcher: Connection) => Promise<T>): Promise<T> {
    const { server, signal } = this.#site;
    return withConnection(server.admin(this.#sessions[0].database), signal, use);
  }
}
