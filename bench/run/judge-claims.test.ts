import { expect, test } from 'vitest';
import type { ClaimVerdict } from '../model/claim.ts';
import { claimVerdict } from './judge-claims.ts';

const whole = (...verdicts: ClaimVerdict[]) => claimVerdict(verdicts.map((verdict) => ({ verdict })));

test('evidence that agrees is the verdict', () => {
  expect(whole('confirmed', 'confirmed')).toBe('confirmed');
  expect(whole('refuted')).toBe('refuted');
  expect(whole('partly', 'partly')).toBe('partly');
});

test('evidence that does not agree makes a claim hold partly', () => {
  expect(whole('confirmed', 'refuted')).toBe('partly');
  expect(whole('confirmed', 'partly')).toBe('partly');
});

test('what could not be measured counts for nothing beside what could', () => {
  expect(whole('not measurable here', 'refuted')).toBe('refuted');
  expect(whole('not measurable here', 'not measurable here')).toBe('not measurable here');
  expect(whole()).toBe('not measurable here');
});
