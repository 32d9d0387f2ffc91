import { BYTEWISE } from './text-order.ts';
import { words } from './texts.ts';
import type { KnownValues, ValueKind } from './value-kind.ts';

/** Types whose values nobody can put between two others: what one looks like. */
const SHAPES: Readonly<Record<string, (nth: number, known: KnownValues) => string>> = {
  point: (nth) => `(${nth},0)`,
  line: (nth) => `{1,-1,${nth}}`,
  lseg: (nth) => `[(${nth},0),(0,1)]`,
  box: (nth) => `((${nth + 1},1),(0,0))`,
  path: (nth) => `((${nth},0),(0,1),(1,1))`,
  polygon: (nth) => `((${nth},0),(0,1),(1,1))`,
  circle: (nth) => `<(${nth},0),1>`,
  xml: (nth, { bytes, key }) => `<text>${words(Math.max(1, Math.round(bytes) - 13), key, nth)}</text>`,
  tsquery: (nth) => `'w${nth}'`,
  pg_lsn: (nth) => `0/${(nth + 1).toString(16).toUpperCase()}`,
  hstore: (nth) => `"key"=>"${nth}"`,
};

/** Whether there are values of this type. */
export const hasShape = (type: string): boolean => Object.hasOwn(SHAPES, type);

/** Values that are known come again; where none is, all are of one shape. */
export function constants(known: KnownValues): ValueKind {
  const { type, samples } = known;
  const shape = SHAPES[type];
  const any = (nth: number): string | null => shape?.(nth, known) ?? samples[nth % samples.length] ?? null;
  return {
    compare: BYTEWISE.compare,
    room: (low, high) => (low === high ? 0 : Infinity),
    between: (low, high, parts) => (part) => (part === 0 ? low : part === parts ? high : any(part)),
    after: (_high, nth) => any(nth),
    any,
  };
}
