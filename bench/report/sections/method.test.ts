import { expect, test } from 'vitest';
import type { MemoryUse } from '../../model/run.ts';
import { sampleResult } from '../sample-result.fixture.ts';
import { methodSection } from './method.ts';

const GB = 1024 ** 3;

function remarksOn(memory?: MemoryUse): readonly string[] {
  const result = sampleResult();
  return methodSection({ ...result, environment: { ...result.environment, ...(memory && { memory }) } })
    .remarks;
}

test('says which settings somebody has chosen, and which of them for this run', () => {
  const { run, environment, ...others } = sampleResult();
  const settings = { ...environment.settings, work_mem: '8MB', jit: 'off', enable_sort: 'on' };
  const { remarks } = methodSection({
    ...others,
    run: { ...run, settings: { work_mem: '8MB' } },
    environment: { ...environment, settings, notDefault: ['jit', 'work_mem'] },
  });
  expect(remarks).toContain("settings that are not PostgreSQL's default: jit = off, work_mem = 8MB");
  expect(remarks).toContain('set with --setting: work_mem = 8MB');
  expect(remarksOn().join('\n')).not.toContain('--setting');
});

const use = { dataBytes: 3 * GB, wantedBytes: 5 * GB, sharedBuffersBytes: 2 * GB };

test('says whether what existed at the same time was in memory', () => {
  expect(remarksOn({ ...use, regime: 'in memory', freeBytes: 20 * GB })).toContain(
    'in memory: databases of at most 3.00 GB at the same time, with shared buffers 5.00 GB; 20.0 GB were free',
  );
  expect(remarksOn({ ...use, regime: 'larger than memory', freeBytes: 4 * GB })).toContain(
    'larger than memory: databases of at most 3.00 GB at the same time, with shared buffers 5.00 GB; 4.00 GB were free',
  );
});

test('says so where a server elsewhere does not tell, and nothing where the run ended before', () => {
  expect(remarksOn({ ...use, regime: 'unknown' })).toContain(
    'in memory or larger than memory, the server does not tell: databases of at most 3.00 GB at the same time, with shared buffers 5.00 GB',
  );
  expect(remarksOn().join('\n')).not.toContain('memory:');
});
