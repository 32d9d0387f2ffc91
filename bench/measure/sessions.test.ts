import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Connection } from '../database/connection.ts';
import { randomFor } from '../../seed/random.ts';
import { isFirstTurn, openingOrder, sessionFor, type ArmSessions } from './sessions.ts';

/** Empty stand-ins for sessions. */
const make = (count: number): ArmSessions =>
  Array.from({ length: count }, () => ({}) as unknown as Connection) as unknown as ArmSessions;
const arms = (count: number) => ({ before: make(count), after: make(count) });

test('sessions take turns, and two meet again only after all other combinations', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 25 }), (count) => {
      const sessions = arms(count);
      const met = Array.from({ length: count * count }, (_, pair) => {
        const before = sessions.before.indexOf(sessionFor(sessions, 'before', pair));
        return before * count + sessions.after.indexOf(sessionFor(sessions, 'after', pair));
      });
      expect(new Set(met).size).toBe(count * count);
    }),
  );
});

test('a session is new to a statement exactly on its first turn', () => {
  const sessions = arms(20);
  const seen = new Set<unknown>();
  for (let pair = 0; pair < 60; pair++) {
    const turn = [sessionFor(sessions, 'before', pair), sessionFor(sessions, 'after', pair)];
    expect(turn.map((session) => !seen.has(session))).toEqual([
      isFirstTurn(sessions, pair),
      isFirstTurn(sessions, pair),
    ]);
    for (const session of turn) seen.add(session);
  }
});

test('sessions of both arms are opened pair by pair, and either arm comes first as often in two pairs', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 10 }), (seed, twos) => {
      const opened = openingOrder(randomFor(seed, 'sessions'), 2 * twos);
      for (let first = 0; first < opened.length; first += 4) {
        const four = opened.slice(first, first + 4).join(' ');
        expect(['before after after before', 'after before before after']).toContain(four);
      }
      expect(opened).toHaveLength(4 * twos);
    }),
  );
});

test('which arm comes first changes from round to round', () => {
  const firsts = Array.from(
    { length: 40 },
    (_, round) => openingOrder(randomFor(42, `round ${round}`), 2)[0],
  );
  expect(new Set(firsts).size).toBe(2);
});
