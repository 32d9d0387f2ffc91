import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';

interface Workflow {
  jobs: Record<string, { steps: { id?: string; run?: string }[] }>;
}

/** The scripts of one job; those of steps with an id are under that id. */
async function scriptsOf(job: string) {
  const workflow = parse(await readFile('.github/workflows/nightly.yml', 'utf8')) as Workflow;
  return workflow.jobs[job]?.steps.filter(({ run }) => run !== undefined) ?? [];
}

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'nightly-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function file(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(directory, path)), { recursive: true });
  await writeFile(join(directory, path), content);
}

/** A substitute for a program that the script calls. */
async function program(name: string, script: string): Promise<void> {
  await file(`bin/${name}`, `#!/bin/sh\n${script}\n`);
  await chmod(join(directory, 'bin', name), 0o755);
}

/** Runs a script as GitHub does, with these programs first in the path. */
function carryOut(script: string, env: Readonly<Record<string, string>> = {}) {
  const outputs = {
    GITHUB_OUTPUT: join(directory, 'output'),
    GITHUB_STEP_SUMMARY: join(directory, 'summary'),
  };
  const path = `${join(directory, 'bin')}:${process.env.PATH ?? ''}`;
  return spawnSync('bash', ['-e', '-c', script], {
    cwd: directory,
    encoding: 'utf8',
    env: { ...process.env, ...outputs, ...env, PATH: path },
  });
}

const content = (path: string) => readFile(join(directory, path), 'utf8').catch(() => undefined);

describe('the measuring job', () => {
  const script = async (id: string) => (await scriptsOf('measure')).find((step) => step.id === id)?.run ?? '';

  test.each([0, 1, 3, 4])(
    'continues after exit code %d, passes it to the other jobs, and shows the gate',
    async (code) => {
      await program('npm', `mkdir reports; echo gate > reports/latest-gate.md; exit ${code}`);
      expect(carryOut(await script('nightly')).status).toBe(0);
      expect(await content('output')).toBe(`code=${code}\n`);
      expect(await content('summary')).toBe('gate\n');
    },
  );

  test('continues when a night leaves no gate', async () => {
    await program('npm', 'exit 4');
    expect(carryOut(await script('nightly')).status).toBe(0);
  });

  test.each([2, 130])('ends with exit code %d, which needs no issue', async (code) => {
    await program('npm', `exit ${code}`);
    expect(carryOut(await script('nightly')).status).toBe(code);
    expect(await content('output')).toBeUndefined();
  });

  test('makes the site of the newest run, not of a published one', async () => {
    await file('reports/published/2030-01-01/result.json', '');
    for (const id of ['20260101-030000-a', '20260102-030000-b']) {
      await file(`reports/${id}/result.json`, '');
      await file(`reports/${id}/report.html`, id);
    }
    expect(carryOut(await script('site')).status).toBe(0);
    expect(await content('site/index.html')).toBe('20260102-030000-b');
    expect(await content('output')).toBe('site=yes\n');
  });

  test('makes no site when nothing was measured', async () => {
    await mkdir(join(directory, 'reports'));
    expect(carryOut(await script('site')).status).toBe(0);
    expect(await content('output')).toBeUndefined();
  });
});

describe('the alerting job', () => {
  const env = (code: number) => ({ CODE: String(code), LABEL: 'gate', PAGE: 'https://example.org/1' });

  /** The calls of gh, while `open` is the open issue. */
  async function asked(code: number, open: string): Promise<string[]> {
    await program(
      'gh',
      `echo "$@" >> "${join(directory, 'asked')}"; [ "$2" != list ] || printf '%s' '${open}'`,
    );
    const [alert, end] = await scriptsOf('alert');
    expect(carryOut(alert?.run ?? '', env(code)).stderr).toBe('');
    expect(carryOut(end?.run ?? '', env(code)).status).toBe(code);
    const lines = (await content('asked'))?.trim().split('\n') ?? [];
    return lines.filter((line) => /issue (?:create|comment)/.test(line));
  }

  test.each([
    [1, 'regression'],
    [3, 'not comparable with its history'],
    [4, 'incomplete'],
  ])('opens an issue on %d with the gate as its body, and makes the run red', async (code, what) => {
    await file('reports/latest-gate.md', '# Gate\n\nUPDATE became slower `$(touch harm)`\n');
    expect(await asked(code, '')).toEqual([
      `issue create --title Nightly benchmark: ${what} --label gate --body-file body.md`,
    ]);
    expect(await content('body.md')).toBe(
      '# Gate\n\nUPDATE became slower `$(touch harm)`\n\n\n[The run](https://example.org/1)\n',
    );
    expect(await content('harm')).toBeUndefined();
  });

  test('comments on an open issue instead of opening a second one', async () => {
    await file('reports/latest-gate.md', 'gate');
    expect(await asked(1, '7')).toEqual(['issue comment 7 --body-file body.md']);
  });

  test('cuts a gate that is too long for an issue, and never inside a character', async () => {
    await file('reports/latest-gate.md', `x${'é'.repeat(50_000)}`);
    await asked(1, '');
    expect((await content('body.md'))?.split('\n')[0]).toBe(`x${'é'.repeat(29_999)}`);
  });

  test('says so when there is no gate', async () => {
    await asked(4, '');
    expect(await content('body.md')).toContain('There is no gate.md of this night');
  });
});
