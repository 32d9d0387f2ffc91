import type { Connection } from '../../../database/connection.ts';
import type { LeftOut } from '../../../model/source.ts';
import { alphabetsFor } from './alphabets-for.ts';
import { alikeGroups, nameOf, textsOf, type ColumnGroup } from './column-groups.ts';
import { fakesInOrder, type Measured } from './fakes-in-order.ts';
import { areSorted, sortTexts } from './sort-texts.ts';

type Fakes = ReadonlyMap<string, string>;

export interface ColumnFakes {
  /** By the table, a point, and the column. */
  byColumn: ReadonlyMap<string, Fakes>;
  /** Columns whose fakes are not as their texts in every way. */
  unlike: LeftOut[];
}

/** What fakes are made for. */
export interface FakesWanted {
  groups: readonly ColumnGroup[];
  isKept: (text: string) => boolean;
  /** Whether the database has UTF-8: only there a fake has bytes that no ASCII character has. */
  isUtf8: boolean;
}

/** Makes fakes, and has the server check that they sort as the texts do. */
export async function columnFakes(connection: Connection, wanted: FakesWanted): Promise<ColumnFakes> {
  const byColumn = new Map<string, Fakes>();
  const unlike: LeftOut[] = [];
  for (const { whole, parts } of alikeGroups(wanted.groups)) {
    const all = await fakesOf(connection, whole, wanted);
    for (const group of all ? [whole] : parts) {
      const { map, fault } =
        all ?? (await fakesOf(connection, group, wanted)) ?? (await otherwise(connection, group, wanted));
      for (const { table, column } of group.columns) byColumn.set(nameOf(table, column), map);
      if (fault !== undefined) unlike.push({ object: `fakes in ${columnsText(group)}`, reason: fault });
    }
  }
  return { byColumn, unlike };
}

const columnsText = ({ columns }: ColumnGroup): string =>
  columns.map(({ table, column }) => nameOf(table, column)).join(', ');

interface Made {
  map: Fakes;
  /** What is not as it is among the texts. */
  fault?: string;
}

/** Undefined where no alphabet has fakes of the same lengths that sort as the texts do. */
async function fakesOf(
  connection: Connection,
  group: ColumnGroup,
  wanted: FakesWanted,
): Promise<Made | undefined> {
  const texts = await sortTexts(connection, textsOf(group.columns), group.order);
  const measured = texts.map((text) => measure(text, wanted));
  for (const alphabet of alphabetsFor(group.symbols)) {
    const fakes = fakesInOrder(measured, alphabet);
    if (fakes && (await areSorted(connection, fakes, group.order))) return { map: mapOf(texts, fakes) };
  }
  return undefined;
}

const mapOf = (texts: readonly string[], fakes: readonly string[]): Fakes =>
  new Map(texts.map((text, at) => [text, fakes[at] ?? '']));

function measure(text: string, { isKept, isUtf8 }: FakesWanted): Measured {
  const characters = Array.from(text).length;
  return {
    characters,
    bytes: isUtf8 ? Buffer.byteLength(text) : characters,
    ...(isKept(text) && { kept: text }),
  };
}

const OTHER_ORDER = 'they do not sort as its texts do: words of the schema stand among them';
const LONGER = 'some are longer than its texts: there are not so many short ones';

/** Where not all can be had, the order goes first, and then the lengths. */
async function otherwise(connection: Connection, group: ColumnGroup, wanted: FakesWanted): Promise<Made> {
  const texts = await sortTexts(connection, textsOf(group.columns), group.order);
  const free = texts.filter((text) => !wanted.isKept(text));
  const kept = new Map(texts.filter(wanted.isKept).map((text) => [text, text]));
  for (let longer = 0; ; longer++)
    for (const alphabet of alphabetsFor(group.symbols)) {
      const fakes = fakesInOrder(free.map(lengthened(longer, wanted)), alphabet);
      if (fakes && !fakes.some((fake) => kept.has(fake)))
        return { map: new Map([...mapOf(free, fakes), ...kept]), fault: longer > 0 ? LONGER : OTHER_ORDER };
    }
}

const lengthened =
  (by: number, wanted: FakesWanted) =>
  (text: string): Measured => {
    const { characters, bytes } = measure(text, wanted);
    return { characters: characters + by, bytes: bytes + by };
  };
