import type { Connection } from '../database/connection.ts';

/** A setting that decides plans, as sessions of the source have it. */
export interface PlannerSetting {
  name: string;
  /** With its unit, as SET takes it. */
  value: string;
  isDefault: boolean;
}

/** The category of the planner's settings, and what it reckons with besides. */
export const SETTINGS = `
  SELECT name, current_setting(name) AS value, setting IS NOT DISTINCT FROM boot_val AS "isDefault" FROM pg_settings
  WHERE context = 'user' AND source NOT IN ('client', 'session')
    AND (category LIKE 'Query Tuning%'
         OR name IN ('work_mem', 'hash_mem_multiplier', 'maintenance_work_mem', 'effective_io_concurrency',
                     'max_parallel_workers', 'max_parallel_maintenance_workers'))
  ORDER BY name`;

export async function plannerSettings(connection: Connection): Promise<PlannerSetting[]> {
  const { rows } = await connection.query<Record<keyof PlannerSetting, string>>(SETTINGS);
  return rows.map(({ name, value, isDefault }) => ({ name, value, isDefault: isDefault === 't' }));
}
