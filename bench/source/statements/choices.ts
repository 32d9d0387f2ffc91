import type { SourceCatalog } from './catalog.ts';
import { ScopeColumns } from './parameters/columns.ts';
import type { Temperature } from './parameters/drawing.ts';
import type { Levels } from './parameters/levels.ts';
import type { TemperaturePart } from './parameters/temperatures.ts';
import type { BoundSide, DrawnUse, Use } from './parameters/use.ts';

const FREQUENCIES: Readonly<Record<Temperature, string>> = {
  hot: 'the most frequent value',
  median: 'the value of a middle row, between frequent and rare ones',
  cold: 'one of the rarest values',
};

const BOUNDS: Readonly<Record<BoundSide, string>> = {
  lower: 'a lower bound that leaves some of the rows, a tenth where possible',
  upper: 'an upper bound that leaves some of the rows, a tenth where possible',
  neither: 'a value that other rows do not have',
};

/** What was chosen for each parameter, for people. */
export function choicesOf(
  { scopes, drawn }: Levels,
  catalog: SourceCatalog,
  { temperature, share, isOneOfSeveral }: TemperaturePart,
): string[] {
  const numbers = drawn.map(({ number }) => number);
  const lines = scopes.flatMap(({ scope, uses }) => {
    const columns = new ScopeColumns(scope.from, catalog);
    const isUnique = columns.identify(uses.flatMap((use) => (use.kind === 'equal' ? [use.of] : [])));
    return uses.map((use) => {
      if (use.kind === 'constant') return constantChoice(use);
      const name = `$${numbers.indexOf(use.number) + 1}`;
      const equal = isUnique ? 'the one in the middle' : FREQUENCIES[temperature];
      return `${name} is ${columns.describe(use.of)}: ${use.kind === 'equal' ? equal : drawnText(use)}`;
    });
  });
  return isOneOfSeveral ? [...lines, `it stands for ${Math.round(share * 100)} % of the calls`] : lines;
}

export const constantChoice = ({ what, number, sql }: Extract<Use, { kind: 'constant' }>): string =>
  `${what}, $${number} of the source, is ${sql}`;

function drawnText(use: Exclude<DrawnUse, { kind: 'equal' }>): string {
  switch (use.kind) {
    case 'element':
      return `number ${use.position + 1} of the most frequent values`;
    case 'array':
      return 'the five most frequent values';
    case 'bound':
      return BOUNDS[use.side];
    case 'group bound':
      return 'the middle of the groups';
    case 'json key':
      return 'the key that most rows have';
    case 'assigned':
      return 'what another row has';
    case 'row':
      return use.what;
  }
}
