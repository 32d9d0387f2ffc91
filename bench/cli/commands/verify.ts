import { listIndexes } from '../../database/indexes.ts';
import { withConnection, type Connection } from '../../database/connection.ts';
import { carefulLogin } from '../../database/event-triggers.ts';
import { runDocumentedQuery, verifyIndexes } from '../../verify/verify-indexes.ts';
import { applyCandidate } from '../../database/candidate.ts';
import { FlagReader } from '../../flags/flag-reader.ts';
import { bundledServer } from '../../servers/embedded/index.ts';
import { url as urlFlag } from '../../servers/flags.ts';
import { NO_HOST } from '../../servers/target.ts';
import { ExitCode } from '../../model/errors.ts';
import type { ExpectedIndex, QueryCheck, Verification } from '../../model/verification.ts';
import { renderVerification } from '../../report/verification.ts';
import { candidateFile } from '../../run/candidate-file.ts';
import { applyAfterRows, migrate } from '../../run/template.ts';
import { searchPathSetting } from '../../suite/search-path.ts';
import type { Suite } from '../../suite/suite.ts';
import { appearance, type Execute, type Io } from '../io.ts';
import { print } from '../print.ts';
import { chosenSuite } from '../run-options.ts';

export const execute: Execute = async (line, io) => {
  const read = new FlagReader(line);
  const url = read.value(urlFlag);
  const suite = await chosenSuite(read);
  return verify(read.finish(suite && { suite, url }), io);
};

interface VerifyOptions {
  suite: Suite;
  url: string | undefined;
}

/** `index-impact verify`: are the candidate's indexes there, valid, and defined as they should be? */
async function verify({ suite, url }: VerifyOptions, io: Io): Promise<ExitCode> {
  const verification = await (url === undefined
    ? verifyFresh(suite, io.signal)
    : verifyElsewhere(url, suite, io.signal));
  await print(io, renderVerification(verification, appearance(io.stdout, io.env)));
  const isSound = verification.indexes.every(({ state }) => state === 'as expected');
  return isSound ? ExitCode.done : ExitCode.gateFailed;
}

/** A database made for the purpose: migrations, then the candidate. */
async function verifyFresh(suite: Suite, signal: AbortSignal): Promise<Verification> {
  const sessionSettings = searchPathSetting(suite);
  const options = { scale: 1, statementTimeoutSeconds: 0, sessionSettings, keep: false, signal, ...NO_HOST };
  const candidate = await candidateFile(suite);
  return bundledServer.open(options, async (server) => {
    await migrate(server, 'verify', suite, signal);
    return withConnection(server.owner('verify'), signal, async (connection) => {
      await applyAfterRows(connection, suite);
      const { built } = await applyCandidate(connection, candidate);
      return verifyReadOnly(connection, suite, suite.documented.indexes ?? built);
    });
  });
}

/** A database of somebody's. Where the suite documents no index, a fresh one shows what the candidate makes. */
async function verifyElsewhere(url: string, suite: Suite, signal: AbortSignal): Promise<Verification> {
  const login = await carefulLogin(url, signal);
  const expected = suite.documented.indexes ?? (await verifyFresh(suite, signal)).indexes;
  return withConnection(login, signal, (connection) => verifyReadOnly(connection, suite, expected));
}

async function verifyReadOnly(
  connection: Connection,
  suite: Suite,
  expected: readonly ExpectedIndex[],
): Promise<Verification> {
  await connection.query('SET default_transaction_read_only = on');
  const present = await listIndexes(connection);
  const queries: QueryCheck[] = [];
  for (const query of suite.documented.queries) queries.push(await runDocumentedQuery(connection, query));
  const tables = [...new Set(present.map(({ table }) => table))];
  return {
    candidate: suite.candidate.name,
    expected: suite.documented.indexes ? 'as documented' : 'as the candidate makes them',
    indexes: verifyIndexes(expected, present),
    countsPerTable: tables.map((table) => ({
      table,
      indexes: present.filter((index) => index.table === table).length,
    })),
    queries,
  };
}
