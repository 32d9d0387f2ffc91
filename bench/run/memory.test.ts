import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { memoryGroups, withMemoryGroup } from '../../tests/fixtures/memory-groups.ts';
import { testSite } from '../../tests/fixtures/test-server.fixture.ts';
import { memoryUse, memoryWarnings, serverMemory } from './memory.ts';

const MB = 1024 ** 2;
const { server } = testSite();

test('what is read twice counts twice: in shared buffers and in the page cache', () => {
  const here = { sharedBuffersBytes: 100 * MB, freeBytes: 500 * MB };
  expect(memoryUse(400 * MB, here)).toMatchObject({ regime: 'in memory', wantedBytes: 500 * MB });
  expect(memoryUse(400 * MB + 1, here)).toMatchObject({ regime: 'larger than memory' });
  expect(memoryUse(60 * MB, here)).toMatchObject({ regime: 'in memory', wantedBytes: 120 * MB });
});

test('of a server elsewhere it is known only that its shared buffers are memory', () => {
  const elsewhere = { sharedBuffersBytes: 100 * MB, freeBytes: undefined };
  expect(memoryUse(100 * MB, elsewhere).regime).toBe('in memory');
  expect(memoryUse(100 * MB + 1, elsewhere).regime).toBe('unknown');
  expect(memoryUse(100 * MB, elsewhere)).not.toHaveProperty('freeBytes');
});

test('only a run that is known to be larger than memory gets a note', () => {
  const sharedBuffersBytes = 100 * MB;
  const notesWith = (freeBytes: number | undefined) =>
    memoryWarnings(memoryUse(300 * MB, { sharedBuffersBytes, freeBytes })).map(({ code }) => code);
  expect(notesWith(500 * MB)).toEqual([]);
  expect(notesWith(undefined)).toEqual([]);
  expect(notesWith(300 * MB)).toEqual(['larger-than-memory']);
});

test('a server that runs elsewhere does not tell how much memory it has', async () => {
  expect(await serverMemory({ ...server, processId: undefined })).toEqual({
    sharedBuffersBytes: 512 * MB,
    freeBytes: undefined,
  });
});

const PRINTED = `
  process.stdin.once('data', async () => {
    const { serverMemory } = await import(${JSON.stringify(fileURLToPath(new URL('memory.ts', import.meta.url)))});
    const administer = () => Promise.resolve({ rows: [{ bytes: '1' }] });
    process.stdout.write(String((await serverMemory({ administer, processId: 1 })).freeBytes));
    process.exit();
  });`;

const TYPESCRIPT = fileURLToPath(new URL('../../scripts/typescript.js', import.meta.url));
const groups = memoryGroups();

/** What a process thinks that it may use once `place` has seen it. */
async function freeBytesIn(place: (pid: number) => void): Promise<number> {
  const child = spawn(process.execPath, ['--import', TYPESCRIPT, '--input-type=module', '--eval', PRINTED]);
  place(child.pid ?? 0);
  child.stdin.write('go\n');
  let printed = '';
  for await (const chunk of child.stdout) printed += String(chunk);
  return Number(printed);
}

test.runIf(groups.state === 'usable')(
  'no more is free than a limit of the control group allows',
  async () => {
    if (groups.state !== 'usable') return;
    await withMemoryGroup(groups, 700 * MB, async (group) => {
      expect(await freeBytesIn(group.add)).toBe(700 * MB);
    });
    expect(await freeBytesIn(() => undefined)).toBeGreaterThan(700 * MB);
  },
);
