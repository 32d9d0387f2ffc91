-- What PostgreSQL 15 has and 14 has not.
CREATE UNLOGGED SEQUENCE shop.fleeting;
CREATE TABLE shop.since_15 (a integer, b integer, UNIQUE NULLS NOT DISTINCT (a, b),
  FOREIGN KEY (a, b) REFERENCES shop.since_15 (a, b) ON DELETE SET NULL (b));
CREATE UNIQUE INDEX since_15_b ON shop.since_15 (b) NULLS NOT DISTINCT;
CREATE VIEW shop.as_caller WITH (security_invoker = true) AS SELECT * FROM shop.since_15;
