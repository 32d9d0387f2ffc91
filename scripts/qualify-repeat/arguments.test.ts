import { expect, test } from 'vitest';
import { UsageError } from '../../bench/model/errors.ts';
import { requestOf } from './arguments.ts';

const NOW = new Date('2025-10-04T15:30:00Z');

const request = (line: string) => requestOf(line.split(' ').filter(Boolean), NOW);

test('ten runs go into a directory that is named by the time, where nothing is said', () => {
  expect(request('')).toEqual({
    state: 'measure',
    runs: 10,
    flags: [],
    isDisturbed: false,
    directory: 'reports/repeat-20251004-153000',
  });
});

test('its own flags are taken out of those of run, wherever they stand', () => {
  expect(request('--scale 0.1 --runs 3 --disturb --baseline=bare --out=there --only example-1')).toEqual({
    state: 'measure',
    runs: 3,
    flags: ['--scale', '0.1', '--baseline=bare', '--only', 'example-1'],
    isDisturbed: true,
    directory: 'there',
  });
});

test('kept results are read from a directory, as disturbed ones where that is said', () => {
  expect(request('--analyse there')).toEqual({ state: 'analyse', directory: 'there', isDisturbed: false });
  expect(request('--disturb --analyse there')).toMatchObject({ state: 'analyse', isDisturbed: true });
});

test('all problems are told at once', () => {
  const asking = () => request('--runs 1 --disturb=yes --analyse there --scale 2 --out');
  expect(asking).toThrow(UsageError);
  expect(asking).toThrow('qualify:repeat --disturb: it takes no value');
  expect(asking).toThrow('qualify:repeat --out: it takes a value');
  expect(asking).toThrow('qualify:repeat --runs: "1" is not a whole number from 2 to 1000');
  expect(asking).toThrow('qualify:repeat --analyse: it measures nothing; leave out --runs --out --scale 2');
});
