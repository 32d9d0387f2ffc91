-- A shop with objects of every kind that a schema can have on PostgreSQL 14, and with what makes their order hard.
CREATE SCHEMA shop;
CREATE SCHEMA "Odd ""schema";
CREATE EXTENSION citext WITH SCHEMA shop;
CREATE EXTENSION btree_gist WITH SCHEMA public;

-- Types.
CREATE COLLATION shop.bytewise (LC_COLLATE = 'C', LC_CTYPE = 'C');
CREATE TYPE shop.state AS ENUM ('open', 'it''s paid');
ALTER TYPE shop.state ADD VALUE 'sent' BEFORE 'it''s paid';
CREATE TYPE shop.address AS (street text COLLATE shop.bytewise, "Zip code" varchar(10));
CREATE FUNCTION shop.is_short(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$BEGIN RETURN length($1) < 80; END$$;
CREATE DOMAIN shop.title AS varchar(100) COLLATE shop.bytewise DEFAULT 'none' NOT NULL
  CONSTRAINT short CHECK (shop.is_short(VALUE::text)) CHECK (VALUE <> '');
ALTER DOMAIN shop.title ADD CONSTRAINT later CHECK (VALUE <> 'x') NOT VALID;
CREATE FUNCTION shop.apart(real, real) RETURNS double precision LANGUAGE sql IMMUTABLE AS 'SELECT $1::float8 - $2';
CREATE TYPE shop.weights AS RANGE (SUBTYPE = real, SUBTYPE_DIFF = shop.apart, MULTIRANGE_TYPE_NAME = shop.many_weights);
CREATE TYPE shop.words AS RANGE (SUBTYPE = text, SUBTYPE_OPCLASS = text_pattern_ops, COLLATION = "C");

-- Functions, aggregates, operators, casts.
CREATE FUNCTION shop.total(amount numeric, VARIADIC rates numeric[] DEFAULT '{1}') RETURNS numeric
  LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 7 SET work_mem = '8MB' AS $_$SELECT $1 * $2[1] -- ; and 'quotes' $$
$_$;
CREATE PROCEDURE shop.tidy(INOUT kept integer) LANGUAGE plpgsql AS $$BEGIN kept := kept + 1; END$$;
CREATE FUNCTION shop.keep(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1 || $2';
CREATE FUNCTION shop.undo(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE AGGREGATE shop.joined(text) (
  SFUNC = shop.keep, STYPE = text, INITCOND = '''', COMBINEFUNC = shop.keep, PARALLEL = SAFE,
  MSFUNC = shop.keep, MINVFUNC = shop.undo, MSTYPE = text, MINITCOND = '');
CREATE AGGREGATE shop.tally(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
CREATE AGGREGATE shop.place(VARIADIC "any" ORDER BY VARIADIC "any") (
  SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
CREATE AGGREGATE shop.greatest_of(integer) (SFUNC = int4larger, STYPE = integer, SORTOP = >);
CREATE AGGREGATE shop.middle(float8 ORDER BY float8) (
  SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_cont_float8_final);
CREATE FUNCTION shop.alike(shop.address, shop.address) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.street = $2.street';
CREATE OPERATOR shop.=== (FUNCTION = shop.alike, LEFTARG = shop.address, RIGHTARG = shop.address,
  COMMUTATOR = OPERATOR(shop.===), NEGATOR = OPERATOR(shop.!==), RESTRICT = eqsel, JOIN = eqjoinsel);
CREATE FUNCTION shop.unlike(shop.address, shop.address) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT NOT $1.street = $2.street';
CREATE OPERATOR shop.!== (FUNCTION = shop.unlike, LEFTARG = shop.address, RIGHTARG = shop.address,
  COMMUTATOR = OPERATOR(shop.!==), NEGATOR = OPERATOR(shop.===), RESTRICT = neqsel);
CREATE FUNCTION shop.as_text(shop.address) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1.street';
CREATE CAST (shop.address AS text) WITH FUNCTION shop.as_text(shop.address) AS ASSIGNMENT;
CREATE CAST (shop.state AS varchar) WITH INOUT AS IMPLICIT;

-- Text search.
CREATE TEXT SEARCH DICTIONARY shop.stems (TEMPLATE = snowball, LANGUAGE = 'english', STOPWORDS = 'english');
CREATE TEXT SEARCH CONFIGURATION shop.plain (PARSER = pg_catalog."default");
ALTER TEXT SEARCH CONFIGURATION shop.plain ADD MAPPING FOR asciiword, hword WITH shop.stems, simple;

-- Tables: serial, identity, generated columns, options, inheritance, an odd name, a dropped column, one that is UNLOGGED.
CREATE SEQUENCE shop.numbers AS integer INCREMENT BY 5 MINVALUE -10 MAXVALUE 1000 START WITH 5 CACHE 3 CYCLE;
CREATE FUNCTION shop.next_number() RETURNS text LANGUAGE sql AS $$SELECT 'N' || nextval('shop.numbers')$$;
CREATE TABLE shop.customers (
  id serial PRIMARY KEY,
  gone integer,
  number text DEFAULT shop.next_number() NOT NULL UNIQUE,
  email shop.citext COLLATE "C",
  home shop.address,
  name shop.title,
  tags text[] DEFAULT '{"a b"}',
  search tsvector GENERATED ALWAYS AS (to_tsvector('shop.plain', coalesce(number, ''))) STORED,
  CONSTRAINT reachable CHECK (email IS NOT NULL OR (home).street <> '') NO INHERIT,
  CHECK (shop.is_short(number))
) WITH (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_enabled = false);
ALTER TABLE shop.customers DROP COLUMN gone;
ALTER TABLE shop.customers ADD CONSTRAINT not_for_old_rows CHECK (number <> 'old') NO INHERIT NOT VALID;
ALTER TABLE shop.customers ALTER number SET STATISTICS 500, ALTER tags SET STORAGE EXTERNAL,
  ALTER search SET COMPRESSION pglz, ALTER email SET (n_distinct = -0.5), ALTER email SET (n_distinct_inherited = 7);
CREATE TABLE shop.vip (since date NOT NULL, CHECK (since > '2000-01-01')) INHERITS (shop.customers);
ALTER TABLE shop.vip ALTER tags DROP DEFAULT, ALTER email SET NOT NULL, ADD PRIMARY KEY (id);
CREATE TABLE shop.audited (number text DEFAULT 'none', audited_by text);
CREATE TABLE shop.audited_vip (number text DEFAULT 'VIP', two integer GENERATED ALWAYS AS (1 + 1) STORED) INHERITS (shop.vip, shop.audited);
CREATE TABLE "Odd ""schema"."Odd ""table" (
  "Key" bigint GENERATED ALWAYS AS IDENTITY (START WITH 7 INCREMENT BY 2) PRIMARY KEY,
  "select" integer GENERATED BY DEFAULT AS IDENTITY,
  half numeric(10, 2) GENERATED ALWAYS AS ("Key" / 2.0) STORED,
  during tstzrange,
  room integer,
  CONSTRAINT "no ""overlap""" EXCLUDE USING gist (room WITH =, during WITH &&) WITH (fillfactor = 60)
    WHERE (room > 0) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNLOGGED TABLE shop.scratch (id serial, body text, wide shop.weights DEFAULT shop.weights(0, 1), UNIQUE (id) INCLUDE (body) WITH (fillfactor = 50) DEFERRABLE);
CREATE TABLE shop.nothing ();
CREATE TABLE shop.empty_row OF shop.address (street WITH OPTIONS NOT NULL);

-- Partitions: two levels, three strategies, another order of columns, a default and an index of their own.
CREATE TABLE shop.orders (
  id bigint NOT NULL,
  day date NOT NULL,
  customer integer REFERENCES shop.customers ON DELETE SET NULL,
  state shop.state DEFAULT 'open',
  total numeric DEFAULT shop.total(1),
  note text CHECK (note <> ''),
  PRIMARY KEY (id, day)
) PARTITION BY RANGE (day);
CREATE TABLE shop.orders_2024 PARTITION OF shop.orders FOR VALUES FROM (MINVALUE) TO ('2025-01-01') PARTITION BY LIST (id);
CREATE TABLE shop.orders_2024_open PARTITION OF shop.orders_2024 FOR VALUES IN (1, 2) WITH (fillfactor = 80);
CREATE TABLE shop.orders_2024_rest PARTITION OF shop.orders_2024 DEFAULT;
CREATE TABLE shop.orders_2025 (note text, total numeric DEFAULT 0, state shop.state, customer integer, day date NOT NULL,
  id bigint NOT NULL, CHECK (note <> ''), CONSTRAINT own CHECK (total >= 0));
ALTER TABLE shop.orders_2025 RENAME CONSTRAINT orders_2025_note_check TO orders_note_check;
ALTER TABLE shop.orders ATTACH PARTITION shop.orders_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE shop.lines (order_id bigint, day date, line integer, FOREIGN KEY (order_id, day) REFERENCES shop.orders
  ON UPDATE CASCADE DEFERRABLE) PARTITION BY HASH (order_id, (line + 1));
CREATE TABLE shop.lines_0 PARTITION OF shop.lines FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE shop.lines_1 PARTITION OF shop.lines FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE shop.by_state (state shop.state, note text COLLATE "C") PARTITION BY LIST (state);
CREATE TABLE shop.by_state_none PARTITION OF shop.by_state FOR VALUES IN ('open', NULL);
ALTER TABLE shop.scratch ADD FOREIGN KEY (id) REFERENCES shop.customers NOT VALID;

-- Functions that need tables and views, which other objects need.
CREATE FUNCTION shop.label(shop.customers) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT $1.number$$;
CREATE FUNCTION shop.newest() RETURNS SETOF shop.orders BEGIN ATOMIC SELECT * FROM shop.orders ORDER BY day DESC; END;
CREATE VIEW shop.per_customer AS SELECT c.id, c.number, count(o.*) AS orders
  FROM shop.customers c LEFT JOIN shop.orders o ON o.customer = c.id GROUP BY c.id;
CREATE FUNCTION shop.busiest() RETURNS SETOF shop.per_customer LANGUAGE sql AS 'SELECT * FROM shop.per_customer';
CREATE VIEW shop.aaa_first WITH (security_barrier = true, check_option = local) AS SELECT id, note AS "Note" FROM shop.orders WHERE note LIKE 'a%';
ALTER VIEW shop.aaa_first ALTER id SET DEFAULT 9;
CREATE RECURSIVE VIEW shop.countdown (n) AS VALUES (3) UNION ALL SELECT n - 1 FROM countdown WHERE n > 0;
CREATE MATERIALIZED VIEW shop.z_days AS SELECT day, sum(total) AS total FROM shop.orders GROUP BY day;
CREATE VIEW shop.between_them AS SELECT * FROM shop.z_days;
CREATE MATERIALIZED VIEW shop.a_year WITH (fillfactor = 90) AS SELECT date_trunc('year', day) AS year, sum(total) FROM shop.between_them GROUP BY 1;
CREATE MATERIALIZED VIEW shop.unfilled AS SELECT 1 AS one WITH NO DATA;
CREATE MATERIALIZED VIEW shop.of_customers AS SELECT * FROM shop.per_customer;
CREATE UNIQUE INDEX days_day ON shop.z_days (day);

-- Indexes of every method, on expressions, partial, covering, on one partition alone, attached, and invalid.
CREATE INDEX orders_note ON shop.orders (lower(note) text_pattern_ops DESC NULLS LAST, total) INCLUDE (state) WHERE total > 0;
CREATE INDEX orders_2025_alone ON shop.orders_2025 USING brin (day) WITH (pages_per_range = 4);
CREATE INDEX by_label ON shop.customers (shop.label(customers));
ALTER INDEX shop.by_label ALTER COLUMN 1 SET STATISTICS 300;
CREATE INDEX customers_search ON shop.customers USING gin (search) WITH (fastupdate = off);
CREATE INDEX customers_email ON shop.customers USING hash (email);
CREATE INDEX scratch_wide ON shop.scratch USING spgist (wide);
CREATE UNIQUE INDEX customers_number ON shop.customers (number COLLATE "C", ((home).street));
CREATE INDEX lines_order ON ONLY shop.lines (order_id);
CREATE INDEX lines_0_order ON shop.lines_0 (order_id);
ALTER INDEX shop.lines_order ATTACH PARTITION shop.lines_0_order;
CREATE INDEX left_behind ON shop.customers (name);
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'shop.left_behind'::regclass;
ALTER TABLE shop.customers CLUSTER ON customers_number;
ALTER TABLE shop.customers REPLICA IDENTITY USING INDEX customers_number_key;
ALTER TABLE shop.scratch REPLICA IDENTITY FULL;
CREATE STATISTICS shop.together (dependencies, ndistinct) ON day, customer FROM shop.orders;
CREATE STATISTICS shop.of_expressions ON lower(note), (total * 2) FROM shop.orders_2025;
ALTER STATISTICS shop.together SET STATISTICS 1000;

-- Triggers, rules, row security.
CREATE FUNCTION shop.stamp() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.note := NEW.note || TG_ARGV[0]; RETURN NEW; END$$;
CREATE FUNCTION shop.watch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$;
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE OF note, total ON shop.orders_2025 FOR EACH ROW
  WHEN (NEW.total > 0) EXECUTE FUNCTION shop.stamp('it''s');
CREATE TRIGGER watch AFTER UPDATE ON shop.customers REFERENCING OLD TABLE AS was NEW TABLE AS "is" FOR EACH STATEMENT EXECUTE FUNCTION shop.watch();
CREATE TRIGGER every_partition AFTER DELETE ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.watch();
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON shop.scratch DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION shop.watch();
CREATE TRIGGER instead INSTEAD OF INSERT ON shop.per_customer FOR EACH ROW EXECUTE FUNCTION shop.watch();
ALTER TABLE shop.customers DISABLE TRIGGER watch;
ALTER TABLE shop.orders_2025 ENABLE ALWAYS TRIGGER stamp;
ALTER TABLE ONLY shop.orders_2024 DISABLE TRIGGER every_partition;
ALTER TABLE shop.orders_2024_rest ENABLE REPLICA TRIGGER every_partition;
CREATE RULE no_removal AS ON DELETE TO shop.scratch DO INSTEAD NOTHING;
CREATE RULE two_steps AS ON UPDATE TO shop.nothing DO ALSO (DELETE FROM shop.lines; SELECT 1);
ALTER TABLE shop.scratch DISABLE RULE no_removal;
ALTER TABLE shop.customers ENABLE ROW LEVEL SECURITY;
ALTER TABLE shop.scratch ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON shop.customers AS RESTRICTIVE FOR UPDATE TO pg_read_all_data, pg_monitor USING (number = CURRENT_USER) WITH CHECK (id > 0);
CREATE POLICY all_of_it ON shop.scratch USING (body <> 'to "x", y');

-- What is left out.
CREATE FUNCTION shop.on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN END$$;
CREATE EVENT TRIGGER audit ON ddl_command_end EXECUTE FUNCTION shop.on_ddl();
ALTER EVENT TRIGGER audit DISABLE;
CREATE FOREIGN DATA WRAPPER nowhere;
CREATE SERVER far_away FOREIGN DATA WRAPPER nowhere;
CREATE FOREIGN TABLE shop.elsewhere (id integer) SERVER far_away;
CREATE VIEW shop.from_elsewhere AS SELECT id FROM shop.elsewhere;
CREATE PUBLICATION changes FOR TABLE shop.orders;
COMMENT ON TABLE shop.orders IS 'what is ordered';
GRANT SELECT ON shop.orders TO pg_monitor;
