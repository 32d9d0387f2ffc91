/** Of shared buffers, whatever the number of nodes that share the memory. */
const LEAST_MEGABYTES = 128;

/**
 * The settings of each node: those of one machine, with Citus, which has to be loaded first. Its own processes do nothing
 * by themselves while something is measured: they look for no deadlock, no transaction to be ended and no news of Citus.
 * The statements' time limit ends a deadlock between nodes.
 */
export function nodeSettings(
  settings: Readonly<Record<string, string>>,
  workers: number,
): Record<string, string> {
  const megabytes = Number.parseInt(settings.shared_buffers ?? '', 10);
  return {
    ...settings,
    shared_buffers: `${Math.max(LEAST_MEGABYTES, Math.floor(megabytes / workers))}MB`,
    shared_preload_libraries: `citus,${settings.shared_preload_libraries ?? ''}`,
    // Each database has such a process on each node.
    max_worker_processes: '64',
    'citus.distributed_deadlock_detection_factor': '-1',
    'citus.recover_2pc_interval': '-1',
    'citus.defer_shard_delete_interval': '-1',
    'citus.enable_statistics_collection': 'off',
    // A migration may change tables that share a reference table in one transaction, which Citus refuses otherwise.
    'citus.multi_shard_modify_mode': 'sequential',
    // The nodes are alone in their network.
    'citus.node_conninfo': 'sslmode=disable',
  };
}
