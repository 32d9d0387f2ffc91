import type { Locale } from '../../../bench/model/locale.ts';
import type { RangeStatistics, SnapshotColumn } from '../../../bench/model/snapshot.ts';
import { addresses } from './addresses.ts';
import { arrays } from './arrays.ts';
import { constants } from './constants.ts';
import { documents } from './documents.ts';
import { byteStrings, hardwareAddresses, hexadecimal, uuids } from './hexadecimal.ts';
import { lexemes } from './lexemes.ts';
import { dates, intervals, times, timestamps } from './moments.ts';
import { decimals, floats, labels, money, numbered } from './numbers.ts';
import { ranges } from './ranges.ts';
import { BYTEWISE, textOrder } from './text-order.ts';
import { texts } from './texts.ts';
import type { KnownValues, ValueKind } from './value-kind.ts';

/** Sizes of a value's header in memory, up to so many bytes and beyond (PostgreSQL manual, 65.2 "TOAST"). */
const SHORT = { most: 127, header: 1 };
const LONG_HEADER = 4;

/** Of the text itself. */
const lengthOf = ({ bytes }: KnownValues): number =>
  Math.max(1, Math.round(bytes - (bytes <= SHORT.most ? SHORT.header : LONG_HEADER)));

type MakeKind = (known: KnownValues, locale: Locale, longest: number) => ValueKind;

const integer: MakeKind = ({ samples }) => numbered(decimals(samples));
const floating: MakeKind = ({ samples }) => numbered(floats(samples));
const json: MakeKind = ({ bytes, key }) => documents(bytes, key);

const text: MakeKind = (known, locale, longest) => {
  const order = textOrder(locale);
  return texts(order, { longest, isBytewise: order.isBytewise }, lengthOf(known), known.key);
};

const bytewise: MakeKind = (known, _locale, longest) =>
  texts(BYTEWISE, { longest, isBytewise: true }, lengthOf(known), known.key);

const bits: MakeKind = (known, _locale, longest) =>
  numbered({
    read: (value) => parseInt(value || '0', 2),
    write: (value) => value.toString(2).padStart(known.samples[0]?.length ?? longest, '0'),
    unit: 1,
    isStretched: false,
  });

const address: MakeKind = (known) => {
  const numbering = addresses(known.samples);
  return numbering ? numbered(numbering) : constants({ ...known, samples: [...known.samples, '10.0.0.1'] });
};

const KINDS: Readonly<Record<string, MakeKind>> = {
  ...{ smallint: integer, integer, bigint: integer, oid: integer, numeric: integer },
  ...{ real: floating, 'double precision': floating, money: () => numbered(money) },
  boolean: () => numbered(labels(['f', 't'])),
  date: () => numbered(dates()),
  'timestamp without time zone': ({ samples }) => numbered(timestamps(samples, '')),
  'timestamp with time zone': ({ samples }) => numbered(timestamps(samples, '+00')),
  'time without time zone': ({ samples }) => numbered(times(samples, '')),
  'time with time zone': ({ samples }) => numbered(times(samples, '+00')),
  interval: ({ samples }) => numbered(intervals(samples)),
  ...{ text, 'character varying': text, character: text, citext: text, name: bytewise, '"char"': bytewise },
  uuid: ({ key }) => hexadecimal(uuids, key),
  bytea: (known) => hexadecimal(byteStrings(lengthOf(known)), known.key),
  macaddr: ({ key }) => hexadecimal(hardwareAddresses(6), key),
  macaddr8: ({ key }) => hexadecimal(hardwareAddresses(8), key),
  ...{ inet: address, cidr: address, bit: bits, 'bit varying': bits, json, jsonb: json },
};

/** A type without its schema and what stands in brackets, which is the length of a text. */
export function typeParts(type: string): { name: string; length: number | undefined } {
  const [, before = type, length, after = ''] = /^([^(]*)\(([\d,]+)\)(.*)$/.exec(type) ?? [];
  const bare = before + after;
  const name = /^[\w"]+\.(.+)$/.exec(bare)?.[1] ?? bare;
  return { name, length: length === undefined ? undefined : Number(length.split(',')[0]) };
}

/** Whether values of this type can be made where none is known. */
export const isKnownType = (name: string): boolean => Object.hasOwn(KINDS, name);

/** The type of a range's bounds. */
const BOUNDS: Readonly<Record<string, string>> = {
  ...{ int4: 'integer', int8: 'bigint', num: 'numeric', date: 'date' },
  ...{ ts: 'timestamp without time zone', tstz: 'timestamp with time zone' },
};

/** @param samples values of the column that are known */
export function kindOf(
  column: SnapshotColumn,
  samples: readonly string[],
  locale: Locale,
  key: number,
): ValueKind {
  const { type, baseType = type, labels: names, statistics } = column;
  if (names) return numbered(labels(names));
  const { name, length } = typeParts(baseType);
  if (name === 'tsvector') return lexemes(statistics?.elements, key);
  if (name.endsWith('[]')) return arraysOf(name.slice(0, -2), column, samples, locale, key);
  if (statistics?.ranges) return rangesOf(name, statistics.ranges, locale, key);
  const known = { type: name, bytes: statistics?.averageBytes ?? 12, samples, key };
  const kind = KINDS[name]?.(known, locale, length ?? Infinity) ?? constants(known);
  return { ...kind, capacity: capacityOf(name, baseType) };
}

/** Numbers that a type is too short for are none of its values. */
function capacityOf(name: string, type: string): number | undefined {
  if (name === 'smallint') return 2 ** 15 - 1;
  const [, precision, scale = 0] = /\((\d+)(?:,(-?\d+))?\)/.exec(type) ?? [];
  if (precision === undefined) return undefined;
  if (name === 'numeric') return Math.max(1, 10 ** (Number(precision) - Number(scale)) - 1);
  return name.startsWith('bit') ? 2 ** Number(precision) - 1 : undefined;
}

function arraysOf(
  element: string,
  { statistics }: SnapshotColumn,
  samples: readonly string[],
  locale: Locale,
  key: number,
): ValueKind {
  const elements = statistics?.elements;
  const known = elements?.mostCommon.map(({ value }) => value) ?? [];
  const of: SnapshotColumn = { name: '', type: element, isNotNull: false };
  return arrays(kindOf(of, known, locale, key), elements, samples, key);
}

function rangesOf(name: string, statistics: RangeStatistics, locale: Locale, key: number): ValueKind {
  const [, bounds = '', multi] = /^(.*?)(multi)?range$/.exec(name) ?? [];
  const known = statistics.bounds.flatMap((bound) => bound.match(/[^"[\](){},]+/g) ?? []);
  const of: SnapshotColumn = { name: '', type: BOUNDS[bounds] ?? 'text', isNotNull: false };
  return ranges(kindOf(of, known, locale, key), statistics, multi !== undefined, key);
}
