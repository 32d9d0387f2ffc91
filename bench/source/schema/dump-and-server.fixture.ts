import { missingMajors } from '../../servers/embedded/other-majors.fixture.ts';
import { MAJORS } from '../../servers/server-settings.ts';
import { findPgDump } from './find-pg-dump.ts';

/** The latest major for which there is a pg_dump and a server. */
export async function findDumpAndServer(): Promise<{ path: string; major: number } | undefined> {
  for (const major of MAJORS.toReversed()) {
    const found = missingMajors([major]) ? undefined : await findPgDump(major, major);
    if (found) return found;
  }
  return undefined;
}
