import type { Node } from 'libpg-query';
import type { SourceCatalog } from '../catalog.ts';
import type { UsedScope } from './drawing.ts';
import { numbersIn } from './places.ts';
import { withScalarLimits } from './scalar-limits.ts';
import { scopesOf } from './scopes.ts';
import { Unresolved, type DrawnUse, type Use } from './use.ts';
import { usesOf } from './uses.ts';

/** A statement level by level, with one use for each parameter. */
export interface Levels {
  /** The inner ones first. */
  scopes: readonly UsedScope[];
  /** By number. */
  uses: readonly Use[];
  /** Those that rows give a value, by number. */
  drawn: readonly DrawnUse[];
}

/** @throws Unresolved for a parameter whose values nothing tells */
export function levelsOf(statement: Node, catalog: SourceCatalog): Levels {
  const scopes = onceEach(
    scopesOf(statement).map((scope) => ({
      scope,
      uses: withScalarLimits(usesOf(scope, catalog), statement),
    })),
  );
  const uses = scopes.flatMap((level) => level.uses).toSorted((one, other) => one.number - other.number);
  const known = new Set(uses.map(({ number }) => number));
  const missing = [...numbersIn(statement)].find((number) => !known.has(number));
  if (missing !== undefined) throw new Unresolved(`nothing tells the values of $${missing}`, missing);
  return { scopes, uses, drawn: uses.filter((use) => use.kind !== 'constant') };
}

/** A parameter of several levels has the use of the first level that draws it. */
function onceEach(levels: readonly UsedScope[]): UsedScope[] {
  const uses = levels.flatMap((level) => level.uses);
  const drawn = new Set(uses.flatMap((use) => (use.kind === 'constant' ? [] : [use.number])));
  const seen = new Set<number>();
  const isFirst = (use: Use): boolean => {
    if (seen.has(use.number) || (use.kind === 'constant' && drawn.has(use.number))) return false;
    seen.add(use.number);
    return true;
  };
  return levels.map(({ scope, uses: own }) => ({ scope, uses: own.filter(isFirst) }));
}
