import { withConnection } from '../../database/connection.ts';
import { withEmbeddedServer } from '../../database/provision/embedded.ts';
import { serverSettings } from '../../database/provision/server-settings.ts';
import { ExitCode } from '../../model/errors.ts';
import { createProgress } from '../../progress/progress.ts';
import { Phases } from '../../run/phases.ts';
import { describeLoad, migrate, seed as load, settle } from '../../run/template.ts';
import { appearance, type Io } from '../io.ts';
import type { SeedOptions } from '../options.ts';

/** `index-impact seed`: loads a database on a server that stays, and says how to connect to it. */
export async function seed(request: SeedOptions, io: Io): Promise<ExitCode> {
  const { suite, scale, major } = request;
  const database = suite.name.replaceAll('-', '_');
  const progress = createProgress(io.stderr, appearance(io.stderr, io.env));
  const phases = new Phases(progress, () => undefined);
  const options = { major, settings: serverSettings(scale, major), keep: true, signal: io.signal };
  try {
    const started = phases.begin('server');
    const { connectCommand, stopCommand } = await withEmbeddedServer(options, async (server) => {
      started('embedded');
      await migrate(server, database, suite, io.signal);
      await withConnection(server.owner(database), io.signal, async (connection) => {
        const dataset = await phases.during('seed', () => load(connection, request, io.signal), describeLoad);
        for (const { table, from, to, reason } of dataset.raised)
          io.stderr.write(`      ${table} has ${to} rows instead of ${from}: ${reason}\n`);
        await phases.during(
          'settle',
          () => settle({ server, signal: io.signal }, connection),
          () => 'vacuumed, analysed',
        );
      });
      return { connectCommand: server.connectCommand(database), stopCommand: server.stopCommand };
    });
    progress.stopped();
    io.stdout.write(
      `\nConnect to it:\n  ${connectCommand}\nStop it and remove its files:\n  ${stopCommand}\n`,
    );
    return ExitCode.done;
  } finally {
    progress.stopped();
  }
}
