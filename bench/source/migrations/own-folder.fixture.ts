import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { UsageError } from '../../model/errors.ts';
import { readMigrations, type MigrationPlan, type MigrationRequest } from './read-migrations.ts';
import type { MigrationTool } from './tool.ts';
import { MIGRATION_TOOLS } from './tools.ts';

/** Files by their paths, with their texts. */
export type Files = Readonly<Record<string, string>>;

export const NUMBERED = { '1_a.sql': 'SELECT 1;', '2_b.sql': 'SELECT 2;', '10_c.sql': 'SELECT 3;' };
export const GOOSE = '-- +goose Up\nSELECT 1;\n';

export const named = (name: string): MigrationTool | undefined =>
  MIGRATION_TOOLS.find((tool) => tool.name === name);

/** A new folder for each test of a file, and what is read of it. */
export function ownFolder() {
  let location: string;
  beforeEach(async () => (location = await mkdtemp(join(tmpdir(), 'migrations-'))));
  afterEach(() => rm(location, { recursive: true }));

  async function read(files: Files, asked: Partial<MigrationRequest> = {}): Promise<MigrationPlan> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(location, path)), { recursive: true });
      await writeFile(join(location, path), text);
    }
    return readMigrations({ location, tool: undefined, candidate: undefined, ...asked });
  }

  /** With `DIR` for the folder. */
  async function problemsOf(files: Files, asked?: Partial<MigrationRequest>): Promise<string[]> {
    const error: unknown = await read(files, asked).catch((caught: unknown) => caught);
    if (!(error instanceof UsageError)) throw new Error(`expected a UsageError, got ${String(error)}`);
    return error.problems.map((problem) => problem.replaceAll(location, 'DIR'));
  }

  return { place: (...names: string[]): string => join(location, ...names), read, problemsOf };
}
