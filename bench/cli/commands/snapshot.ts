import { catalogLogin } from '../../database/login.ts';
import { Phases } from '../../run/phases.ts';
import { ExitCode } from '../../model/errors.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { withSource } from '../../source/open-source.ts';
import { serializeSnapshot } from '../../source/snapshot/read-snapshot.ts';
import { snapshotScript } from '../../source/snapshot/script/snapshot-script.ts';
import { summaryText } from '../../source/snapshot/summary.ts';
import { takeSnapshot } from '../../source/snapshot/take-snapshot.ts';
import { replaceFile } from '../../system/replace-file.ts';
import type { Execute, Io } from '../io.ts';
import { print } from '../print.ts';
import { snapshotOptions, type FromDatabase } from '../source/snapshot-options.ts';
import { withProgress } from '../with-progress.ts';

export const execute: Execute = async (line, io) => {
  const options = await snapshotOptions(line);
  if (options.state === 'database') return snapshot(options, io);
  await print(io, snapshotScript());
  return ExitCode.done;
};

/** `index-impact snapshot`: writes all that is known of a database without its rows. */
async function snapshot(options: FromDatabase, io: Io): Promise<ExitCode> {
  const taken = await read(options, io);
  const text = serializeSnapshot(taken);
  if (options.out === undefined) await print(io, text);
  else await replaceFile(options.out, text);
  io.stderr.write(summaryText(taken, { out: options.out, bytes: Buffer.byteLength(text) }));
  return ExitCode.done;
}

const read = ({ url, choice, redact }: FromDatabase, io: Io): Promise<Snapshot> =>
  withSource({ login: catalogLogin(url) }, io.signal, (source) =>
    withProgress(io, (progress) => {
      const phases = new Phases(progress, () => undefined);
      const request = { choice, redact, readAt: new Date(), signal: io.signal };
      return takeSnapshot(source, request, {
        during: (name, work, detail) => phases.during(name, work, detail),
        advanced: progress.phaseAdvanced,
      });
    }),
  );
