import { bundledServer, embedded } from '../../servers/embedded/index.ts';
import { isInstalled } from '../../servers/embedded/server-binaries.ts';
import { BUNDLED_MAJOR, serverSettings } from '../../servers/server-settings.ts';
import { url } from '../../servers/url/index.ts';
import type { Mix } from '../../model/migration.ts';
import type { FolderContent } from '../../source/folder-content.ts';
import type { PlannerSetting } from '../../source/planner-settings.ts';
import type { TryOptions } from './options.ts';
import type { MeasuringServer } from './rebuild.ts';

/** A source that was read, and where it will be measured. */
interface Placed {
  content: FolderContent;
  where: MeasuringServer;
  scale: number;
}

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
export function carriedSettings({ content, where }: Placed): Record<string, string> {
  if (where.server.target === url.name) return {};
  const ours = serverSettings(1);
  const isOther = ({ name, value, isDefault }: PlannerSetting): boolean =>
    name in ours ? ours[name] !== value : !isDefault;
  return Object.fromEntries(
    content.inspection.settings.filter(isOther).map(({ name, value }) => [name, value]),
  );
}

/** What `run` has to be told to measure a suite of this mix as `try` does. */
export function flagsLikeTry(read: Placed, mix: Mix): string[] {
  const settings = Object.entries(carriedSettings(read)).map(([name, value]) => `${name}=${value}`);
  const { major } = read.where;
  return [
    ...['--baseline', 'shipped'],
    ...(read.scale === 1 ? [] : ['--scale', String(read.scale)]),
    ...(major === undefined ? [] : ['--pg', String(major)]),
    ...['--mix', [mix.reads, mix.writes].map(fourDigits).join(':')],
    ...(settings.length === 0 ? [] : ['--setting', settings.join(',')]),
  ];
}

/** More of them change no verdict. */
const fourDigits = (share: number): number => Number(share.toPrecision(4));
