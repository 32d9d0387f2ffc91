import { expect, test } from 'vitest';
import ledger from '../../../tests/fixtures/ledger-suite/suite.ts';
import perHour from '../../../tests/fixtures/ledger-suite/per-hour.ts';
import { completeSuite } from '../../suite/suite.ts';
import { demandOf } from './demand.ts';

const suite = completeSuite(perHour);

test('the calls of an hour are those of the suite, and a read with a goal is worth any price', () => {
  const demand = demandOf({ suite, mix: suite.mix, only: [] });
  expect(Object.fromEntries(demand?.calls ?? [])).toEqual({
    'by-author': 3_600,
    'by-topic': 60,
    'insert-notes': 1_800,
    'update-notes-topic': 10,
    'update-notes-body': 0,
  });
  expect([...(demand?.goals ?? [])]).toEqual(['by-author']);
});

test('proportions and a choice of items say nothing of an hour', () => {
  const proportions = completeSuite(ledger);
  expect(demandOf({ suite: proportions, mix: proportions.mix, only: [] })).toBeUndefined();
  expect(demandOf({ suite, mix: suite.mix, only: ['by-author'] })).toBeUndefined();
});
