import { withConnection } from '../../database/connection.ts';
import { FlagReader } from '../../flags/flag-reader.ts';
import { embedded } from '../../servers/embedded/index.ts';
import { NO_HOST, type ServerRequest } from '../../servers/target.ts';
import { ExitCode } from '../../model/errors.ts';
import type { Progress } from '../../model/progress.ts';
import { distributeTables } from '../../run/distribute.ts';
import { loadDataset } from '../../run/load-dataset.ts';
import { Phases } from '../../run/phases.ts';
import type { DatasetRequest } from '../../run/run-request.ts';
import { settle } from '../../run/settle.ts';
import { describeLoad, finishSchema, migrate } from '../../run/template.ts';
import type { Execute, Io } from '../io.ts';
import { print } from '../print.ts';
import { chosenDataset } from '../run-options.ts';
import { searchPathSetting } from '../../suite/search-path.ts';
import { withProgress } from '../with-progress.ts';

export const execute: Execute = async (line, io) => {
  const read = new FlagReader(line);
  const server = embedded.choose(read);
  const dataset = await chosenDataset(read);
  return seed(read.finish(dataset && { ...dataset, server }), io);
};

interface SeedOptions extends DatasetRequest {
  server: ServerRequest;
}

/** `index-impact seed`: loads a database on a server that stays, and says how to connect to it. */
async function seed(request: SeedOptions, io: Io): Promise<ExitCode> {
  const kept = await withProgress(io, (progress) => loadForGood(request, progress, io));
  await print(
    io,
    `\nConnect to it:\n  ${kept.connectCommand}\nStop it and remove its files:\n  ${kept.stopCommand}\n`,
  );
  return ExitCode.done;
}

/** @returns how to reach the database, and how to be rid of it */
async function loadForGood(
  request: SeedOptions,
  progress: Progress,
  { stderr, signal }: Io,
): Promise<{ connectCommand: string; stopCommand: string }> {
  const { suite, scale } = request;
  const database = suite.name.replaceAll('-', '_');
  const phases = new Phases(progress, () => undefined);
  const sessionSettings = searchPathSetting(suite);
  const options = { scale, statementTimeoutSeconds: 0, sessionSettings, keep: true, signal };
  const started = phases.begin('server');
  return request.server.open({ ...options, ...NO_HOST }, async (server) => {
    started(server.target);
    await migrate(server, database, suite, signal);
    await distributeTables(server, database, suite, phases, signal);
    await withConnection(server.owner(database), signal, async (connection) => {
      const load = () => loadDataset({ server, signal }, connection, request);
      const dataset = await phases.during('seed', load, describeLoad);
      for (const { table, from, to, reason } of dataset.raised)
        stderr.write(`      ${table} has ${to} rows instead of ${from}: ${reason}\n`);
      await finishSchema(connection, suite, phases);
      await phases.during(
        'settle',
        () => settle({ server, signal }, connection),
        () => 'vacuumed, analysed',
      );
    });
    return { connectCommand: server.connectCommand(database), stopCommand: server.stopCommand };
  });
}
