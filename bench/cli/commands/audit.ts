import { auditDatabase } from '../../audit/audit.ts';
import { withConnection } from '../../database/connection.ts';
import { carefulLogin } from '../../database/event-triggers.ts';
import { ExitCode } from '../../model/errors.ts';
import { FlagReader } from '../../flags/flag-reader.ts';
import { renderAudit } from '../../report/audit.ts';
import { requiredUrl } from '../../servers/flags.ts';
import { json as jsonFlag } from '../flags.ts';
import { appearance, type Execute, type Io } from '../io.ts';
import { print } from '../print.ts';

export const execute: Execute = async (line, io) => {
  const read = new FlagReader(line, io.env);
  const url = requiredUrl(read, 'it takes the postgres:// URL of a database');
  return audit(read.finish({ url, json: read.isGiven(jsonFlag) }), io);
};

interface AuditOptions {
  url: string;
  /** Print the findings as JSON instead of tables. */
  json: boolean;
}

/** `index-impact audit`: what the indexes and tables of a database need, found without writing to it. */
async function audit({ url, json }: AuditOptions, io: Io): Promise<ExitCode> {
  const login = await carefulLogin(url, io.signal);
  const found = await withConnection(login, io.signal, auditDatabase);
  await print(
    io,
    json ? `${JSON.stringify(found, null, 2)}\n` : renderAudit(found, appearance(io.stdout, io.env)),
  );
  return ExitCode.done;
}
