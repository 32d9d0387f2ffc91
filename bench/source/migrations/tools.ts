import type { MigrationTool } from './tool.ts';
import { dbmate } from './tools/dbmate.ts';
import { diesel } from './tools/diesel.ts';
import { drizzle } from './tools/drizzle.ts';
import { flyway } from './tools/flyway.ts';
import { golangMigrate } from './tools/golang-migrate.ts';
import { goose } from './tools/goose.ts';
import { graphileMigrate } from './tools/graphile-migrate.ts';
import { nodePgMigrate } from './tools/node-pg-migrate.ts';
import { numberedSql } from './tools/numbered-sql.ts';
import { prisma } from './tools/prisma.ts';
import { sqlx } from './tools/sqlx.ts';
import { supabase } from './tools/supabase.ts';

/** Where nothing tells whose a folder is, the first that takes its files by default is meant. */
export const MIGRATION_TOOLS: readonly MigrationTool[] = [
  prisma,
  drizzle,
  flyway,
  goose,
  dbmate,
  graphileMigrate,
  diesel,
  golangMigrate,
  sqlx,
  supabase,
  nodePgMigrate,
  numberedSql,
];
