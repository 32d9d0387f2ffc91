import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { validate } from '@actions/languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { isMap, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';

/**
 * Fails when GitHub would refuse a file in .github/workflows, or the action at the top, by GitHub's own parser: keys, events,
 * permissions, cron lines, `needs`, expressions and their contexts. Two rules are ours: no expression in a script, because its
 * value would run as code, and explicit permissions, which an action has none of. `npm run check:workflows`
 */
const DIRECTORY = '.github/workflows';
const ACTION = 'action.yml';

/** One line a problem: `<path>:<line>:<column>: <what>`. */
async function workflowProblems(path: string, text: string): Promise<string[]> {
  const document = TextDocument.create(`file:///${path}`, 'yaml', 1, text);
  const found = (await validate(document)).map(({ range: { start }, message }) => ({
    line: start.line + 1,
    column: start.character + 1,
    message: typeof message === 'string' ? message : message.value,
  }));
  return [...found, ...ownProblems(text, path)]
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`);
}

interface Problem {
  line: number;
  column: number;
  message: string;
}

function ownProblems(text: string, path: string): Problem[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const stated = path === ACTION || (isMap(document.contents) && document.contents.has('permissions'));
  return [
    ...scriptsWithExpressions(document).map((offset) => {
      const { line, col } = lines.linePos(offset);
      return { line, column: col, message: 'an expression in a script is run as code: pass it through env' };
    }),
    ...(stated ? [] : [{ line: 1, column: 1, message: 'permissions are not stated for the whole workflow' }]),
  ];
}

/** Where the scripts begin. */
function scriptsWithExpressions(document: Document): number[] {
  const offsets: number[] = [];
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || key.value !== 'run' || !isScalar(value)) return;
      if (String(value.value).includes('${{')) offsets.push(value.range?.[0] ?? 0);
    },
  });
  return offsets;
}

async function check(): Promise<void> {
  const workflows = (await readdir(DIRECTORY)).filter((name) => /\.ya?ml$/.test(name));
  const files = [...workflows.map((name) => join(DIRECTORY, name)), ...(existsSync(ACTION) ? [ACTION] : [])];
  const problems: string[] = [];
  for (const file of files) problems.push(...(await workflowProblems(file, await readFile(file, 'utf8'))));
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(`GitHub accepts ${files.length} files.`);
}

await check();
