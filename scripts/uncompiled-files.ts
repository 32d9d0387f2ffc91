import { cp, writeFile } from 'node:fs/promises';
import { resultJsonSchema } from '../bench/report/result-file.ts';
import { snapshotJsonSchema } from '../bench/source/snapshot/read-snapshot.ts';

/** Adds the files that the compiler does not write to dist/: SQL, and the JSON Schemas of result.json and of a snapshot. */
const isFolderOrSql = (path: string): boolean => !/\.[a-z]+$/.test(path) || path.endsWith('.sql');

for (const folder of ['migrations', 'bench/suites']) {
  await cp(folder, `dist/${folder}`, { recursive: true, filter: isFolderOrSql });
}
await writeFile('dist/result.schema.json', `${JSON.stringify(resultJsonSchema(), null, 2)}\n`);
await writeFile('dist/snapshot.schema.json', `${JSON.stringify(snapshotJsonSchema(), null, 2)}\n`);
