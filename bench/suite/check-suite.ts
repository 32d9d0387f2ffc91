import { resolve } from 'node:path';
import { loadModule } from 'libpg-query';
import type { z } from 'zod';
import { pathOf, type FileLocation } from '../model/file-location.ts';
import { readNamedFile } from '../system/named-file.ts';
import { nearest, suggestion } from './nearest.ts';
import { relationsOf, type SchemaRelations } from './schema-relations.ts';
import { callProblems } from './call-problems.ts';
import { keysAt, valueAt } from './shape-parts.ts';
import { completeSuite, type Suite } from './suite.ts';
import { suiteShape } from './suite-shape.ts';
import type { Surroundings } from './surroundings.ts';
import { reasonOf } from './thrown.ts';

/** A suite that can be measured, or all that keeps it from being one, each problem with its place. */
export type CheckedSuite = { state: 'sound'; suite: Suite } | { state: 'unsound'; problems: string[] };

/** More than anybody reads at once; a module of another kind altogether may have a problem in every element. */
const MOST_PROBLEMS = 20;

/**
 * Checks what a module exports by default, before any server is started, and completes it.
 *
 * @param folder of the module: relative files are taken from it
 */
export async function checkSuite(exported: unknown, folder: string): Promise<CheckedSuite> {
  if (exported === undefined)
    return unsound(['the module has no default export; export the value of defineSuite({...})']);
  await loadModule();
  try {
    const around = await surroundingsOf(exported, folder);
    const shape = suiteShape(around);
    const parsed = shape.safeParse(exported);
    const issues = [...(parsed.error?.issues ?? []), ...withoutStatements(exported)];
    const problems = [
      ...issueTexts(issues, shape, exported),
      ...idProblems(exported),
      ...callProblems(exported),
    ];
    if (!parsed.success || problems.length > 0) return unsound(problems);
    const suite = completeSuite(parsed.data);
    return suite.mix.reads + suite.mix.writes > 0 ? { state: 'sound', suite } : unsound([WITHOUT_MIX]);
  } catch (error) {
    // A property of a stranger's object may be a getter, and that may throw.
    return unsound([`the suite cannot be read: ${reasonOf(error)}`]);
  }
}

function unsound(problems: readonly string[]): CheckedSuite {
  const rest = problems.length - MOST_PROBLEMS;
  const shown = problems.slice(0, MOST_PROBLEMS);
  return { state: 'unsound', problems: rest > 0 ? [...shown, `and ${rest} more`] : shown };
}

async function surroundingsOf(exported: unknown, folder: string): Promise<Surroundings> {
  return {
    folder,
    relations: await relationsMade(
      [...listAt(exported, 'migrations'), ...listAt(exported, 'afterRows')],
      folder,
    ),
    reads: idsIn(exported, 'reads'),
    writes: idsIn(exported, 'writes'),
  };
}

/** Files that are missing, or are none, have a problem of their own: nothing is said of their tables then. */
async function relationsMade(
  files: readonly unknown[],
  folder: string,
): Promise<SchemaRelations | undefined> {
  try {
    const paths = files.map((file) => resolve(folder, pathOf(file as FileLocation)));
    const texts = await Promise.all(paths.map(readNamedFile));
    return relationsOf(texts.map(String));
  } catch {
    return undefined;
  }
}

function listAt(holder: unknown, key: string): unknown[] {
  const list = valueAt(holder, key);
  return Array.isArray(list) ? (list as unknown[]) : [];
}

const idsIn = (holder: unknown, key: string): string[] =>
  listAt(holder, key).flatMap((entry) => {
    const id = valueAt(entry, 'id');
    return typeof id === 'string' ? [id] : [];
  });

/** Of ids that are there twice. */
function idProblems(exported: unknown): string[] {
  const measured = [...idsIn(exported, 'reads'), ...idsIn(exported, 'writes')];
  const proposed = listAt(exported, 'opportunities').flatMap((one) => [
    ...idsIn(one, 'reads'),
    ...idsIn(one, 'writes'),
  ]);
  const repeated = (what: string, ids: readonly string[]): string[] =>
    repetitions(ids).map(
      (id) => `two ${what} have the id ${JSON.stringify(id)}; --only has to tell them apart`,
    );
  return [...repeated('items', [...measured, ...proposed]), ...repeated('claims', idsIn(exported, 'claims'))];
}

/** Each id that is there more than once. */
function repetitions(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return [...new Set(ids.filter((id) => seen.size === seen.add(id).size))];
}

const WITHOUT_MIX =
  'mix: is missing; no statement has a weight to derive it from: it takes { reads, writes }, shares such as 4 and 1';

function withoutStatements(exported: unknown): z.core.$ZodIssue[] {
  const isNone = (list: unknown): boolean => list === undefined || (Array.isArray(list) && list.length === 0);
  if (typeof exported !== 'object' || exported === null || Array.isArray(exported)) return [];
  if (!isNone(valueAt(exported, 'reads')) || !isNone(valueAt(exported, 'writes'))) return [];
  return [{ code: 'custom', path: ['reads'], message: 'is missing; a suite has one read or write at least' }];
}

/** A key that is misspelt is not also missing. */
function issueTexts(
  issues: readonly z.core.$ZodIssue[],
  shape: z.core.$ZodType,
  exported: unknown,
): string[] {
  const meant = new Set<string>();
  const problems = issues.flatMap(({ path, message, ...issue }) => {
    if (issue.code !== 'unrecognized_keys') return [{ place: placeOf(path), message }];
    const known = keysAt(shape, path, exported);
    return issue.keys.map((key) => {
      const near = nearest(key, known);
      if (near !== undefined) meant.add(placeOf([...path, near]));
      return { place: placeOf([...path, key]), message: `is not known; ${suggestion(key, known)}` };
    });
  });
  return problems
    .filter(({ place, message }) => !(meant.has(place) && message.startsWith('is missing')))
    .map(({ place, message }) => `${place || 'the default export'}: ${message}`);
}

/** `writes[2].operation` */
const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((key, depth) => (typeof key === 'number' ? `[${key}]` : `${depth > 0 ? '.' : ''}${String(key)}`))
    .join('');
