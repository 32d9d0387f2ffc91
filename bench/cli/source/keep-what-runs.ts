import { withConnection } from '../../database/connection.ts';
import { lostOnRows } from '../../format/lost-on-rows.ts';
import { Phases } from '../../run/phases.ts';
import { prepareTemplate, templateName } from '../../run/template.ts';
import { constraintError } from '../../source/redact/constraint-error.ts';
import type { Suite } from '../../suite/suite.ts';
import type { Io } from '../io.ts';
import { withProgress } from '../with-progress.ts';
import { suiteOnRows, writtenSuite, type SourceRead } from './read-suite.ts';
import { untimedOptions } from './untimed-options.ts';

/** Writes a suite, loads its rows once, and keeps those statements that find some. */
export const keepWhatRuns = (folder: string, read: SourceRead, io: Io): Promise<Suite> =>
  kept(folder, read, io).catch((error: unknown) => {
    throw constraintError(error, read.content.inspection.redaction);
  });

async function kept(folder: string, read: SourceRead, io: Io): Promise<Suite> {
  const suite = await writtenSuite(folder, read);
  const { signal } = io;
  return withProgress(io, (progress) =>
    read.where.server.open(untimedOptions(suite, signal), async (server) => {
      const phases = new Phases(progress, () => undefined);
      await prepareTemplate(server, { suite, scale: read.scale, seed: 0 }, phases, signal);
      const check = () =>
        withConnection(server.owner(templateName(server)), signal, (template) =>
          suiteOnRows(folder, read, template),
        );
      return phases.during('statements', check, (found) => describeStatements(found, suite));
    }),
  );
}

/** @param promised as it was before the rows were there */
function describeStatements({ source }: Suite, promised: Suite): string {
  if (!source) return '';
  const { replayed, observed } = source.statements;
  const others = replayed < observed ? '; suite.ts says why the others are not measured' : '';
  return `${replayed} of ${observed} are measured${others}${lostOnRows(promised.source, source)}`;
}
