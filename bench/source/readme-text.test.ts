import { expect, test } from 'vitest';
import { inspection } from './inspection.fixture.ts';
import { readmeText } from './readme-text.ts';
import { sourceFacts } from './suite-folder.ts';

const FLAGS = ['--baseline', 'shipped', '--pg', '15', '--mix', '12:103'];

const readmeOf = (sharesOf: 'execution time' | 'weight'): string => {
  const found = { ...inspection, statements: { ...inspection.statements, sharesOf } };
  const facts = sourceFacts({ inspection: found }, [], [], new Date('2026-11-27T10:00:00Z'));
  return readmeText({ name: 'shop', candidate: '042-orders', inspection: found }, facts, FLAGS);
};

test('the commands of a suite measure as try does, every night too', () => {
  const flags = FLAGS.join(' ');
  expect(readmeOf('weight')).toContain(`run --suite . ${flags}\n`);
  expect(readmeOf('weight')).toContain(`nightly --suite . --history history ${flags}\n`);
});

test('nothing in it changes how a terminal shows it', () => {
  const facts = sourceFacts({ inspection }, [], [], new Date('2026-11-27T10:00:00Z'));
  const hostile = { ...facts, readAt: '\x1b[2J', postgresVersion: '18\u202e' };
  const flags = ['--setting', 'work_mem=\x1b[2J'];
  const text = readmeText({ name: 'shop', candidate: '042\x1b[2J', inspection }, hostile, flags);
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
});

test('a share is one of time only where times are known', () => {
  expect(readmeOf('weight')).toContain('75.0 % of their weight.');
  expect(readmeOf('execution time')).toContain('75.0 % of their execution time.');
});
