import { cp, writeFile } from 'node:fs/promises';
import { resultJsonSchema } from '../bench/report/result-file.ts';

/** Adds the files that the compiler does not write to dist/: SQL, and the JSON Schema of result.json. */
const isFolderOrSql = (path: string): boolean => !/\.[a-z]+$/.test(path) || path.endsWith('.sql');

for (const folder of ['migrations', 'bench/suites']) {
  await cp(folder, `dist/${folder}`, { recursive: true, filter: isFolderOrSql });
}
await writeFile('dist/result.schema.json', `${JSON.stringify(resultJsonSchema(), null, 2)}\n`);
