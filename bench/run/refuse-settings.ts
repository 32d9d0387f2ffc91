import { plannerSettingProblems } from '../database/planner-settings.ts';
import type { Server } from '../database/server.ts';
import { UsageError } from '../model/errors.ts';
import type { RunRequest } from './run-request.ts';

/** @throws UsageError with everything about these settings that this server does not accept */
export async function refuseSettings(
  { administer, ownerRole }: Server,
  settings: RunRequest['settings'],
): Promise<void> {
  const problems = await administer((admin) => plannerSettingProblems(admin, ownerRole, settings));
  if (problems.length > 0) throw new UsageError(problems.map((problem) => `--setting: ${problem}`));
}
