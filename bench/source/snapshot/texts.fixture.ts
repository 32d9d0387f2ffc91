/** Columns with texts of every kind, each with MARKER in all of its values. */
export const SCHEMA = `
  CREATE EXTENSION citext;
  CREATE EXTENSION hstore;
  CREATE TYPE state AS ENUM ('open', 'paid');
  CREATE DOMAIN title AS varchar(40) CHECK (VALUE <> '');
  CREATE TYPE words AS RANGE (SUBTYPE = text, COLLATION = "C");
  CREATE TYPE pair AS (one text, other integer);
  CREATE TABLE towns (name text PRIMARY KEY, area numeric);
  CREATE TABLE people (
    id integer PRIMARY KEY, town text REFERENCES towns, plain text, sorted text COLLATE "en-x-icu", code char(12),
    loose citext, titled title, tags text[], document jsonb, pairs hstore, page xml, bytes bytea, search tsvector,
    span words, mixed pair, kind text CHECK (kind IN ('buyer', 'seller')), state state, born date, token uuid,
    doubled integer GENERATED ALWAYS AS (id * 2) STORED);
  CREATE INDEX buyers ON people (id) WHERE kind = 'buyer';
  CREATE STATISTICS kind_and_plain (ndistinct, dependencies, mcv) ON kind, plain FROM people;
  INSERT INTO towns SELECT 'MARKER town ' || i, i FROM generate_series(1, 40) AS i;
  INSERT INTO people
    SELECT i, 'MARKER town ' || 1 + i % 30, 'MARKER ' || i % 7, chr(97 + i % 26) || ' MARKER Ä ' || i, 'MARKER' || i,
           'MARKER' || i % 300, 'MARKER é ' || i % 50, ARRAY['MARKER' || i % 300, 'a MARKER'],
           jsonb_build_object('name', 'MARKER' || i % 9, 'n', i), hstore('key', 'MARKER' || i), '<a b="MARKER">MARKER</a>',
           convert_to('MARKER' || i, 'UTF8'), to_tsvector('simple', 'MARKER' || i % 6), words('MARKER ' || i % 30, 'MARKERS'),
           ROW('MARKER' || i % 3, i)::pair, CASE WHEN i % 7 = 0 THEN 'buyer' ELSE 'seller' END, 'open', date '1970-01-01' + i,
           md5(i::text)::uuid
    FROM generate_series(1, 900) AS i;
  CREATE TABLE visits (at date NOT NULL, place text) PARTITION BY RANGE (at);
  CREATE TABLE visits_1 PARTITION OF visits FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
  CREATE TABLE visits_2 PARTITION OF visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
  INSERT INTO visits SELECT date '2025-01-01' + i % 700, 'MARKER ' || i % 400 FROM generate_series(1, 3000) AS i;
  ANALYZE towns; ANALYZE people; ANALYZE visits_1; ANALYZE visits_2;
  CREATE TABLE never (id integer);
  INSERT INTO never VALUES (1);
  CREATE TABLE letters (letter text);
  INSERT INTO letters SELECT chr(c) FROM generate_series(33, 122) AS c, generate_series(1, 1 + c % 3);
  ANALYZE letters`;
