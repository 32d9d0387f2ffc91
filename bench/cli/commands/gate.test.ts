import { expect, test } from 'vitest';
import { acceptCommandFor } from './gate.ts';

test('the command that accepts a night names its files as a shell has to be told', () => {
  expect(acceptCommandFor('my reports/run/result.json', "it's history")).toMatch(
    /gate 'my reports\/run\/result\.json' --history 'it'\\''s history' --accept "why"$/,
  );
});
