-- What PostgreSQL 18 has and 17 has not.
CREATE TABLE shop.since_18 (
  room integer CONSTRAINT "a named one" NOT NULL,
  during tstzrange,
  doubled integer GENERATED ALWAYS AS (room * 2) VIRTUAL,
  limited integer CHECK (limited > 0) NOT ENFORCED,
  later text,
  alone text CONSTRAINT not_of_children NOT NULL NO INHERIT,
  PRIMARY KEY (room, during WITHOUT OVERLAPS)
);
ALTER TABLE shop.since_18 ADD CONSTRAINT unproved NOT NULL later NOT VALID;
CREATE TABLE shop.since_18_uses (room integer, during tstzrange, FOREIGN KEY (room, PERIOD during) REFERENCES shop.since_18 (room, PERIOD during),
  FOREIGN KEY (room) REFERENCES shop.customers NOT ENFORCED);
CREATE TABLE shop.since_18_parent (a integer NOT NULL, b integer CONSTRAINT of_parent NOT NULL);
CREATE TABLE shop.since_18_child (CONSTRAINT of_child NOT NULL c, c integer) INHERITS (shop.since_18_parent);
