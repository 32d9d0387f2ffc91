import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseCommandLine } from '../bench/cli/command-line.ts';

const PAGE = readFileSync('docs/pull-requests.md', 'utf8');

const snippetUnder = (heading: string): unknown =>
  parse(new RegExp(`^## ${heading}\\n[^]*?^\`\`\`yaml\\n([^]*?)^\`\`\``, 'm').exec(PAGE)?.[1] ?? '');

test('the workflow for GitHub gives the action its inputs, and nothing else', () => {
  interface Workflow {
    jobs: { measure: { steps: { with: Record<string, unknown> }[] } };
  }
  const action = parse(readFileSync('action.yml', 'utf8')) as { inputs: Record<string, { required?: true }> };
  const [, step] = (snippetUnder('GitHub') as Workflow).jobs.measure.steps;
  const required = Object.entries(action.inputs).filter(([, { required: is }]) => is);
  expect(Object.keys(step?.with ?? {}).toSorted()).toEqual(required.map(([name]) => name).toSorted());
  for (const name of Object.keys(action.inputs)) expect(PAGE).toMatch(new RegExp(`^\\| \`${name}\` `, 'm'));
});

const noJq = spawnSync('jq', ['--version']).error ? ' (skipped: no jq)' : '';

describe('the job for GitLab', () => {
  const job = (snippetUnder('GitLab') as { migration: Record<'script' | 'after_script', string[]> })
    .migration;
  const env = {
    ...{ CI_API_V4_URL: 'https://gitlab.example/api/v4', CI_PROJECT_ID: '1', CI_MERGE_REQUEST_IID: '7' },
    ...{ CI_MERGE_REQUEST_DIFF_BASE_SHA: 'abc', COMMENT_TOKEN: 'secret' },
  };

  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'gitlab-'));
    mkdirSync(join(directory, 'bin'));
    for (const name of ['npm', 'npx', 'apt-get']) program(name, `echo "${name} $*" >> asked`);
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  function program(name: string, script: string): void {
    writeFileSync(join(directory, 'bin', name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(directory, 'bin', name), 0o755);
  }

  function carryOut(script: readonly string[]): string[] {
    const path = `${join(directory, 'bin')}:${process.env.PATH ?? ''}`;
    const options = {
      cwd: directory,
      encoding: 'utf8',
      env: { ...process.env, ...env, PATH: path },
    } as const;
    const { status, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', script.join('\n')], options);
    expect(status, stderr).toBe(0);
    return readFileSync(join(directory, 'asked'), 'utf8').trim().split('\n');
  }

  test('asks for what the program takes', () => {
    const words = carryOut(job.script).at(-1)?.split(' ').slice(2) ?? [];
    expect(parseCommandLine(words)).toMatchObject({
      command: 'try',
      values: { since: 'abc', comment: 'comment.md', snapshot: 'db/shop.snapshot.json' },
      problems: [],
    });
  });

  test.skipIf(noJq).each([
    ['posts a comment where there is none', [{ id: 3, body: 'other' }], /--request POST .*\/notes$/],
    ['edits its own', [{ id: 4, body: '<!-- index-impact try-db -->\nold' }], /--request PUT .*\/notes\/4$/],
  ])(`%s${noJq}`, (_, notes, call) => {
    writeFileSync(join(directory, 'comment.md'), '<!-- index-impact try-db -->\nnew\n');
    program(
      'curl',
      `case "$*" in *per_page*) printf %s '${JSON.stringify(notes)}' ;; *) echo "curl $*" >> asked ;; esac`,
    );
    expect(carryOut(job.after_script).at(-1)).toMatch(call);
  });
});
