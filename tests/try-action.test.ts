import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { gitRepository, type GitRepository } from './fixtures/git-repository.ts';

interface Action {
  inputs: Record<string, { default?: string }>;
  runs: { steps: { id?: string; if?: string; run?: string; uses?: string; env?: Record<string, string> }[] };
}

const { inputs, runs } = parse(readFileSync('action.yml', 'utf8')) as Action;
const [, , measuring, commenting, uploading, ending] = runs.steps;

const MIGRATIONS = readdirSync('migrations').filter((name) => name.endsWith('.sql'));
const textOf = (name: string): string => readFileSync(join('migrations', name), 'utf8');
const BEFORE = MIGRATIONS.filter((name) => !name.startsWith('007'));

let repository: GitRepository;
beforeEach(() => {
  repository = gitRepository({
    ...Object.fromEntries(BEFORE.map((name) => [`migrations/${name}`, textOf(name)])),
    'sales.snapshot.json': readFileSync('.github/sales-agent.snapshot.json', 'utf8'),
  });
  repository.git('switch', '--quiet', '--create', 'branch');
  mkdirSync(join(repository.directory, '.git/runner'));
});
afterEach(() => {
  repository.remove();
});

const runnerFile = (name: string): string => join(repository.directory, '.git/runner', name);

/** Runs a step as GitHub does. */
function carryOut(step: Action['runs']['steps'][number] | undefined, env: Readonly<Record<string, string>>) {
  const runner = {
    GITHUB_ACTION_PATH: resolve('.'),
    GITHUB_OUTPUT: runnerFile('output'),
    RUNNER_TEMP: runnerFile(''),
    PATH: `${runnerFile('bin')}:${process.env.PATH ?? ''}`,
  };
  const words = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step?.run ?? 'exit 99'];
  expect(Object.keys(env).toSorted()).toEqual(Object.keys(step?.env ?? {}).toSorted());
  return spawnSync('bash', words, {
    cwd: repository.directory,
    encoding: 'utf8',
    env: { ...process.env, ...runner, ...env },
  });
}

/** The outputs of the step that measures. */
function measured(env: Readonly<Record<string, string>> = {}) {
  const { status, stderr } = carryOut(measuring, {
    ...{ SNAPSHOT: 'sales.snapshot.json', MIGRATIONS: 'migrations', SINCE: 'main', QUERIES: '' },
    ...{ FAIL_ON: 'never', ARGS: '--budget 1 --workload headline', ...env },
  });
  expect(status, stderr).toBe(0);
  const text = readFileSync(runnerFile('output'), 'utf8');
  const output = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1] ?? '';
  return {
    ...{ stderr, code: output('code'), verdict: output('verdict') },
    ...{ report: output('report'), comment: output('comment') },
  };
}

/** What gh was asked that changes something, while `ids` are those of comments that are there. */
function asked({ code, report, comment }: ReturnType<typeof measured>, { ids = '', status = 0 } = {}) {
  mkdirSync(runnerFile('bin'), { recursive: true });
  const script = `#!/bin/sh\ncase "$*" in *--jq*) echo "${ids}" ;; *) echo "$@" >> "${runnerFile('asked')}" ;; esac\nexit ${status}\n`;
  writeFileSync(runnerFile('bin/gh'), script);
  chmodSync(runnerFile('bin/gh'), 0o755);
  const env = { GH_TOKEN: 'secret', GH_REPO: 'a/b', NUMBER: '7' };
  const done = carryOut(commenting, { ...env, CODE: code, REPORT: report, COMMENT: comment });
  expect(done.status, done.stderr).toBe(0);
  const calls = existsSync(runnerFile('asked')) ? readFileSync(runnerFile('asked'), 'utf8').trim() : '';
  return { calls: calls.replace(comment, 'FILE'), out: done.stdout };
}

const bodyOf = ({ comment }: { comment: string }): string => readFileSync(comment, 'utf8');

const POSTED = 'api --silent repos/a/b/issues/7/comments --field body=@FILE';

test('a branch that adds migrations ends with a comment, its report, and the exit code of its verdict', () => {
  repository.commit(
    Object.fromEntries(
      MIGRATIONS.filter((name) => name.startsWith('007')).map((name) => [`migrations/${name}`, textOf(name)]),
    ),
  );
  repository.write(
    'migrations/008-names.sql',
    'CREATE INDEX CONCURRENTLY leads_by_name ON leads (company_name);',
  );
  const outputs = measured({ FAIL_ON: 'ship-with-cost,do-not-ship,inconclusive' });
  const { stderr, code, verdict, report } = outputs;
  expect(stderr).toMatch(
    /added since main: 007-\S+, 008-names, not committed: 008-names; 5 migrations before it, which/,
  );
  expect(verdict).toMatch(/^(ship|ship with cost|do not ship|inconclusive)$/);
  expect(code).toBe(verdict === 'ship' ? '0' : '1');
  expect(existsSync(join(report, 'report.html'))).toBe(true);
  expect(bodyOf(outputs)).toMatch(/^<!-- index-impact try-migrations -->\n### .*007-\S+ and 1 more/);
  expect(asked(outputs).calls).toBe(POSTED);
  expect(carryOut(ending, { CODE: code }).status).toBe(Number(code));
});

test('a branch without a migration ends well, and only an earlier comment says so', () => {
  repository.commit({ 'other.txt': '' });
  const outputs = measured();
  expect([outputs.code, outputs.verdict, outputs.report]).toEqual(['0', '', '']);
  expect(bodyOf(outputs)).toMatch(
    /^<!-- .* -->\nThis branch adds no migration since main: nothing is measured\.\n$/,
  );
  expect(asked(outputs).calls).toBe('');
  const edited = 'api --silent --method PATCH repos/a/b/issues/comments/41 --field body=@FILE';
  expect(asked(outputs, { ids: '41' }).calls).toBe(edited);
  // A token that only reads costs a warning, and not the job.
  expect(asked(outputs, { status: 1 }).out).toContain('::warning::index-impact may not comment');
});

test('a migration that fails says so in the comment, and fails the job', () => {
  repository.commit({ 'migrations/007-broken.sql': 'CREATE INDEX ON leads ("@everyone <b>");' });
  const outputs = measured();
  expect(outputs.code).toBe('4');
  expect(bodyOf(outputs)).toMatch(
    /\nThe run has failed: .*007-broken\.sql:1:1: column "@<!-- -->everyone &lt;b&gt;" does not exist\n$/,
  );
  expect(asked(outputs).calls).toBe(POSTED);
  expect(carryOut(ending, { CODE: '4' }).status).toBe(4);
});

test('inputs are never run as code', () => {
  const outputs = measured({ MIGRATIONS: '$(touch harm)', SINCE: '`touch harm`', ARGS: '; touch harm' });
  expect(outputs.code).toBe('2');
  expect(existsSync(join(repository.directory, 'harm'))).toBe(false);
});

test('every input reaches its step by env, and what was measured is uploaded', () => {
  const given = JSON.stringify(runs.steps.map(({ env, if: condition }) => [env, condition]));
  for (const name of Object.keys(inputs)) expect(given).toContain(`inputs.${name}`);
  expect(uploading?.uses).toMatch(/^actions\/upload-artifact@v\d$/);
});
