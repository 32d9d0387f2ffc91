import { bundledServer, embedded } from '../../servers/embedded/index.ts';
import { isInstalled } from '../../servers/embedded/server-binaries.ts';
import { BUNDLED_MAJOR, serverSettings } from '../../servers/server-settings.ts';
import { url } from '../../servers/url/index.ts';
import type { PlannerSetting } from '../../source/planner-settings.ts';
import type { TryOptions } from './options.ts';
import type { SourceRead } from './read-suite.ts';
import type { MeasuringServer } from './rebuild.ts';

/** Where a migration is measured: where `--on` and `--pg` say, or on a server of ours of the source's major. */
export function serverFor({ run, majorGiven }: TryOptions, { major }: { major: number }): MeasuringServer {
  const { server, budgetSeconds } = run;
  if (server.target !== embedded.name) return { server, measuredOn: server.target, budgetSeconds };
  if (majorGiven === undefined) return { ...sameMajorOr(major), budgetSeconds };
  return { server, major: majorGiven, measuredOn: described(majorGiven, major), budgetSeconds };
}

/** A server of ours of this major, or of the one that comes with the packages where it is not installed. */
export const sameMajorOr = (major: number): Pick<MeasuringServer, 'server' | 'major' | 'measuredOn'> =>
  isInstalled(major)
    ? { server: embedded.request({ major }), major, measuredOn: described(major, major) }
    : { server: bundledServer, major: BUNDLED_MAJOR, measuredOn: described(BUNDLED_MAJOR, major) };

const described = (measured: number, source: number): string =>
  measured === source
    ? `embedded PostgreSQL ${measured}`
    : `embedded PostgreSQL ${measured}; the source has ${source}: plans may be others there`;

/**
 * The planner settings of the source, as far as sessions of the measuring server have others: on a server of ours those
 * that we start it with, and PostgreSQL's defaults. A server of yours keeps its own.
 */
export function carriedSettings({ content, where }: SourceRead): Record<string, string> {
  if (where.server.target === url.name) return {};
  const ours = serverSettings(1);
  const isOther = ({ name, value, isDefault }: PlannerSetting): boolean =>
    name in ours ? ours[name] !== value : !isDefault;
  return Object.fromEntries(
    content.inspection.settings.filter(isOther).map(({ name, value }) => [name, value]),
  );
}

/** What `run` has to be told to measure a suite as `try` does. */
export function flagsLikeTry(read: SourceRead): string[] {
  const settings = Object.entries(carriedSettings(read)).map(([name, value]) => `${name}=${value}`);
  const { major } = read.where;
  return [
    ...['--baseline', 'shipped'],
    ...(major === undefined ? [] : ['--pg', String(major)]),
    ...(settings.length === 0 ? [] : ['--setting', settings.join(',')]),
  ];
}
