import { likenessOf } from '../analyse/likeness.ts';
import { catalogLogin } from '../database/login.ts';
import type { Site } from '../database/server.ts';
import { likenessText } from '../format/likeness-text.ts';
import { pathOf } from '../model/file-location.ts';
import type { Likeness } from '../model/likeness.ts';
import { withSource } from '../source/open-source.ts';
import { describeMade } from '../source/snapshot/describe-made.ts';
import { readSnapshot } from '../source/snapshot/read-snapshot.ts';
import type { Suite } from '../suite/suite.ts';
import type { RunSite } from './sites.ts';
import { templateName } from './template.ts';

/** Holds the seeded database against the snapshot that its rows are made from, where they are. */
export async function noteLikeness(
  { dataset: { snapshot } }: Suite,
  { state, phases, ...site }: Pick<RunSite, 'server' | 'signal' | 'state' | 'phases'>,
): Promise<void> {
  if (snapshot === undefined) return;
  state.likeness = await phases.during(
    'likeness',
    () => templateLikeness(pathOf(snapshot), site),
    likenessText,
  );
}

async function templateLikeness(path: string, { server, signal }: Site): Promise<Likeness> {
  const snapshot = await readSnapshot(path);
  const { url, environment } = server.owner(templateName(server));
  const login = { ...catalogLogin(url), environment };
  return withSource({ login }, signal, async (made) =>
    likenessOf(snapshot, await describeMade(made, snapshot)),
  );
}
