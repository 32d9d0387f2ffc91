import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Connection } from '../database/connection.ts';
import { isFirstTurn, sessionFor, type ArmSessions } from './sessions.ts';

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
