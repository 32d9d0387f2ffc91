import { expect, test } from 'vitest';
import { scriptOfDump } from './dump-text.ts';
import { asScript } from './source-schema.ts';

test('commands of psql, settings and comments of a dump are taken out', async () => {
  const dump = `--
-- PostgreSQL database dump
--

\\restrict aB3

-- Dumped from database version 15.14

SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: f(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.f() RETURNS text
    LANGUAGE sql
    AS $$
\\restrict other
-- é
SELECT ';'$$;


\\unrestrict aB3

`;
  expect(await scriptOfDump(dump)).toBe(
    asScript([
      'SET LOCAL default_table_access_method = heap',
      "CREATE FUNCTION public.f() RETURNS text\n    LANGUAGE sql\n    AS $$\n\\restrict other\n-- é\nSELECT ';'$$",
    ]),
  );
});

test('event triggers and foreign servers of a dump are taken out', async () => {
  const dump = `
    CREATE FOREIGN DATA WRAPPER nowhere;
    CREATE SERVER far_away FOREIGN DATA WRAPPER nowhere;
    CREATE USER MAPPING FOR somebody SERVER far_away;
    CREATE EVENT TRIGGER audit ON ddl_command_end EXECUTE FUNCTION public.on_ddl();
    ALTER EVENT TRIGGER audit DISABLE;
    CREATE SCHEMA shop;`;
  expect(await scriptOfDump(dump)).toBe(asScript(['CREATE SCHEMA IF NOT EXISTS shop']));
});

test.each([
  ['CREATE POLICY p ON s.t', 'CREATE POLICY p ON s.t'],
  ['CREATE POLICY p ON s.t TO reader USING (true)', 'CREATE POLICY p ON s.t TO PUBLIC USING (true)'],
  [
    `CREATE POLICY "é to" ON s.t FOR SELECT TO "odd "", one", two USING ((a = 'to x'::text))`,
    `CREATE POLICY "é to" ON s.t FOR SELECT TO PUBLIC USING ((a = 'to x'::text))`,
  ],
  ['CREATE POLICY p ON s.t TO one, two', 'CREATE POLICY p ON s.t TO PUBLIC'],
])('the policy %j is for everybody', async (dumped, kept) => {
  expect(await scriptOfDump(`-- é\n${dumped};`)).toBe(asScript([kept]));
});

test('a compression is asked for where the server supports it', async () => {
  const dump = `ALTER TABLE ONLY s."it's" ALTER COLUMN note SET COMPRESSION lz4;`;
  expect(await scriptOfDump(dump)).toBe(
    asScript([
      `DO 'BEGIN ALTER TABLE ONLY s."it''s" ALTER COLUMN note SET COMPRESSION lz4; ` +
        `EXCEPTION WHEN feature_not_supported THEN NULL; END'`,
    ]),
  );
});

test('a dump that cannot be read is refused with what to do', async () => {
  await expect(scriptOfDump('CREATE NOVELTY x;')).rejects.toMatchObject({
    message: 'What pg_dump has printed cannot be read',
    detail: expect.stringContaining('NOVELTY') as string,
    remedy: expect.stringContaining("pg_dump of the source's major") as string,
  });
});
