import { auditDatabase } from '../../audit/audit.ts';
import { withConnection } from '../../database/connection.ts';
import { carefulLogin } from '../../database/event-triggers.ts';
import { ExitCode } from '../../model/errors.ts';
import { renderAudit } from '../../report/audit.ts';
import type { Execute } from '../execute.ts';
import { appearance, type Io } from '../io.ts';
import { auditOptions, type AuditOptions } from '../options.ts';

export const execute: Execute = async (line, io) => audit(auditOptions(line, io.env), io);

/** `index-impact audit`: what the indexes and tables of a database need, found without writing to it. */
async function audit({ url, json }: AuditOptions, io: Io): Promise<ExitCode> {
  const login = await carefulLogin(url, io.signal);
  const found = await withConnection(login, io.signal, auditDatabase);
  io.stdout.write(
    json ? `${JSON.stringify(found, null, 2)}\n` : renderAudit(found, appearance(io.stdout, io.env)),
  );
  return ExitCode.done;
}
