-- What PostgreSQL 17 has and 16 has not: partitions have the identity of their table.
CREATE TABLE shop.since_17 (id integer GENERATED ALWAYS AS IDENTITY, day integer) PARTITION BY RANGE (day);
CREATE TABLE shop.since_17_low PARTITION OF shop.since_17 FOR VALUES FROM (0) TO (10);
