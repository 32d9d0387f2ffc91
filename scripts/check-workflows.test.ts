import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const SOUND = `on: pull_request
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-24.04
    steps:
      - run: echo "$TITLE"
        env:
          TITLE: \${{ github.event.pull_request.title }}
`;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'workflows-'));
  mkdirSync(join(directory, '.github/workflows'), { recursive: true });
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** Checks files as a project's workflows. */
function check(files: Readonly<Record<string, string>>, cwd = directory) {
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(directory, '.github/workflows', name), text);
  const argv = ['--import', resolve('scripts/typescript.js'), resolve('scripts/check-workflows.ts')];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd, encoding: 'utf8' });
  return { status, stdout, problems: stderr.trimEnd().split('\n') };
}

test('GitHub accepts the workflows of this project, and its action', () => {
  expect(check({}, resolve('.'))).toEqual({
    status: 0,
    stdout: 'GitHub accepts 4 files.\n',
    problems: [''],
  });
});

test('a sound workflow has no problem', () => {
  expect(check({ 'sound.yml': SOUND }).status).toBe(0);
});

const BROKEN: readonly (readonly [sound: string, broken: string, problem: string])[] = [
  ['steps:', 'stepz:', "7:5: Unexpected value 'stepz'"],
  ['read', 'reed', "3:13: Unexpected value 'reed'"],
  ['on: pull_request', "on:\n  schedule:\n    - cron: '61 3 * * *'", '3:13: Invalid cron expression'],
  ['    runs-on', '    needs: [nobody]\n    runs-on', "6:13: Value 'nobody' is not valid"],
  ['github.event', 'guthib.event', "10:18: Unrecognized named-value: 'guthib'"],
  ['pull_request\n', 'push\n', '10:18: Context access might be invalid: pull_request'],
  ['on: pull_request', 'on: [pull_request', '2:1: '],
  ['"$TITLE"', '${{ github.actor }}', '8:14: an expression in a script is run as code: pass it through env'],
  ['permissions:\n  contents: read\n', '', '1:1: permissions are not stated for the whole workflow'],
];

test('what GitHub or a rule of ours refuses is found with its file, line and column', () => {
  const files = BROKEN.map(([sound, broken], number) => [`${number}.yml`, SOUND.replace(sound, broken)]);
  const { status, problems } = check(Object.fromEntries(files) as Record<string, string>);
  expect(status).toBe(1);
  for (const [number, [, , problem]] of BROKEN.entries())
    expect(problems.join('\n')).toContain(`.github/workflows/${number}.yml:${problem}`);
});

test('what is wrong with the action at the top is found, too', () => {
  const action =
    'name: a\ndescription: b\nruns:\n  using: composite\n  steps:\n    - run: echo ${{ inputs.x }}\n';
  writeFileSync(join(directory, 'action.yml'), action);
  const { status, problems } = check({ 'sound.yml': SOUND });
  expect(status).toBe(1);
  expect(problems.join('\n')).toMatch(/^action\.yml:6:\d+: .*shell/m);
  expect(problems).toContainEqual(
    expect.stringMatching(/^action\.yml:6:12: an expression in a script is run as code/),
  );
  expect(problems.join('\n')).not.toContain('permissions');
});
