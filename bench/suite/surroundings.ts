import { resolve } from 'node:path';
import { z } from 'zod';
import { pathOf, type FileLocation } from '../model/file-location.ts';
import { canonicalRelation, parseRelation } from '../model/relation.ts';
import { fileProblem } from '../system/named-file.ts';
import { suggestion } from './nearest.ts';
import type { SchemaRelations } from './schema-relations.ts';
import { takes, text } from './shape-parts.ts';
import { noTable } from './statement-problems.ts';

/** What decides, beside the suite itself, whether it is sound. */
export interface Surroundings {
  /** Of the suite's module: relative files are taken from it. */
  folder: string;
  /** What the schema makes; undefined where only a server can tell. */
  relations: SchemaRelations | undefined;
  /** Ids of the suite's items. */
  reads: readonly string[];
  writes: readonly string[];
}

/**
 * Checks that a file is there, and gives it its absolute path.
 *
 * @param mostBytes @default what is read at once
 */
export const fileIn = ({ folder }: Surroundings, mostBytes?: number) =>
  z
    .custom<FileLocation>(isLocation, takes('the path of a file, relative to the suite, or its URL'))
    .transform((location, context) => {
      const path = resolve(folder, pathOf(location));
      const problem = fileProblem(path, mostBytes);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
      return path;
    });

/** A URL with another scheme or with a host has no path here. */
function isLocation(value: unknown): boolean {
  if (typeof value === 'string') return value !== '';
  if (!(value instanceof URL)) return false;
  try {
    return pathOf(value) !== '';
  } catch {
    return false;
  }
}

/** A table that the schema makes. Outside `public` its name begins with its schema. */
export const tableIn = ({ relations }: Surroundings) =>
  text('the name of a table, with its schema unless that is public')
    .refine((name) => !relations || relations.has(parseRelation(name)), {
      error: ({ input }) => (relations ? noTable(String(input), relations) : undefined),
    })
    .transform(canonicalRelation);

/** @param what the ids are of, such as `read` */
export const oneOf = (what: string, ids: readonly string[]) =>
  text(`the id of a ${what}`).refine((id) => ids.includes(id), {
    error: ({ input }) => `no ${what} has the id ${JSON.stringify(input)}; ${suggestion(String(input), ids)}`,
  });
