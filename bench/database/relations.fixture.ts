/**
 * Tables in several schemas: one with two partitions and indexes on all of them, one with an odd name, a materialized
 * view, one in `public`.
 */
export const RELATIONS = `
  CREATE SCHEMA sales;
  CREATE TABLE sales.orders (id int, day int, note text, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
  CREATE TABLE sales.orders_old PARTITION OF sales.orders FOR VALUES FROM (0) TO (100);
  CREATE TABLE sales.orders_new PARTITION OF sales.orders FOR VALUES FROM (100) TO (200);
  CREATE INDEX orders_note ON sales.orders (note);
  CREATE INDEX orders_new_alone ON sales.orders_new (note, id);
  INSERT INTO sales.orders SELECT i, i % 200, md5(i::text) FROM generate_series(1, 4000) AS i;
  CREATE TABLE sales."Odd ""one" ("Key" int PRIMARY KEY, note text);
  CREATE INDEX "Odd index" ON sales."Odd ""one" (note);
  CREATE MATERIALIZED VIEW sales.days AS SELECT day, count(*) FROM sales.orders GROUP BY day;
  CREATE INDEX days_count ON sales.days (count);
  CREATE TABLE notes (id int PRIMARY KEY, body text, EXCLUDE USING btree (body WITH =))`;
