import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { defaultText } from '../bench/cli/defaults.ts';
import { FLAGS, type Flag } from '../bench/cli/flags.ts';
import { parseResult } from '../bench/report/result-file.ts';
import { renderDigest } from '../bench/report/formats/terminal/digest/digest.ts';

/**
 * Fills the parts of the README that are made: the table of flags always, the excerpt of a report when the
 * result.json to take it from is given. `node --import ./scripts/typescript.js scripts/readme.ts [result.json]`
 */
export function flagsTable(): string {
  const rows = Object.entries<Flag>(FLAGS).map(([name, { usage, help, commands }]) => {
    const fallback = defaultText[name] ?? '';
    return `| \`${usage}\` | ${help} | ${fallback} | ${commands.join(', ')} |`;
  });
  return ['| flag | meaning | default | command |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** What stands between the two markers of a part, markers excluded. */
export function part(readme: string, name: string): string {
  return (readme.split(`<!-- ${name} -->\n`)[1] ?? '').split(`\n<!-- /${name} -->`)[0] ?? '';
}

function filled(readme: string, name: string, content: string): string {
  const [before = '', rest = ''] = readme.split(`<!-- ${name} -->\n`);
  const after = rest.slice(rest.indexOf(`<!-- /${name} -->`));
  return `${before}<!-- ${name} -->\n\n${content}\n\n${after}`;
}

/** What a run prints when it has ended. */
const excerpt = (printed: string): string => ['```text', printed.trimEnd(), '```'].join('\n');

async function fillReadme(resultFile: string | undefined): Promise<void> {
  let readme = filled(await readFile('README.md', 'utf8'), 'flags', flagsTable());
  if (resultFile !== undefined) {
    const result = parseResult(await readFile(resultFile, 'utf8'), resultFile);
    readme = filled(readme, 'excerpt', excerpt(renderDigest(result, { columns: 120, color: false })));
  }
  await writeFile(
    'README.md',
    await format(readme, { ...(await resolveConfig('README.md')), parser: 'markdown' }),
  );
}

if (process.argv[1] === import.meta.filename) await fillReadme(process.argv[2]);
