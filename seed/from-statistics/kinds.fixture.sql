-- Tables of what rows from statistics have to get right: keys of every kind, columns that belong together, types of every kind.
SELECT setseed(0.5);
CREATE TYPE mood AS ENUM ('sad', 'fine', 'glad');
CREATE DOMAIN percent AS integer CHECK (VALUE BETWEEN 0 AND 100);

CREATE TABLE tenants (id uuid PRIMARY KEY, name text NOT NULL UNIQUE);
INSERT INTO tenants SELECT md5('tenant ' || i)::uuid, 'Tenant ' || i FROM generate_series(1, 40) AS i;

CREATE TABLE users (
  tenant uuid NOT NULL REFERENCES tenants, number integer NOT NULL, email varchar(60) NOT NULL UNIQUE,
  boss_tenant uuid, boss integer, is_main boolean NOT NULL, city text, country char(2), mood mood, visits percent,
  PRIMARY KEY (tenant, number), FOREIGN KEY (boss_tenant, boss) REFERENCES users);
INSERT INTO users
SELECT md5('tenant ' || t)::uuid, i, 'user' || i || '@t' || t || '.example',
       CASE WHEN i > 3 THEN md5('tenant ' || t)::uuid END, CASE WHEN i > 3 THEN i % 3 + 1 END, i = 1,
       'City ' || city, substr('DEFRUSJPBRIN', 1 + 2 * (city % 6), 2),
       (enum_range(NULL::mood))[1 + floor(3 * random() ^ 2)], floor(101 * random())
FROM generate_series(1, 40) AS t, generate_series(1, 10 + t * 3) AS i, LATERAL (SELECT (i * 7 + t) % 60 AS city) AS cities;
CREATE UNIQUE INDEX one_main ON users (tenant) WHERE is_main;
CREATE STATISTICS where_they_are (dependencies) ON city, country FROM users;

CREATE TABLE articles (
  id bigserial PRIMARY KEY, slug text NOT NULL UNIQUE, parent bigint REFERENCES articles, kind text, state text, tags text[],
  body jsonb, raw json, words tsvector, price numeric(10, 2), ratio double precision, day date, at timestamptz, clock time,
  took interval, cost money, address inet, bits bit(8), hash bytea, place point, open int4range, during tstzrange,
  net integer, tax integer, total integer, note text, CHECK (total > 0 AND total = net + tax),
  CHECK (note IS NULL OR note ~ '^[^@]+@[^@]+$'));
INSERT INTO articles
SELECT i, 'article-' || i, CASE WHEN i > 5 AND i % 3 = 0 THEN 1 + i % 5 END, k.kind, CASE WHEN k.kind = 'post' THEN 'live' ELSE 'draft' END,
       (ARRAY['red', 'green', 'blue', 'a b', 'NULL'])[1:1 + i % 5], jsonb_build_object('n', i, 'title', 'Title ' || i % 700),
       json_build_object('x', i), to_tsvector('english', 'the robot ' || md5(i::text) || ' and shark ' || i % 50),
       round((random() * 1000)::numeric, 2), random(), date '2024-01-01' + i / 10,
       timestamptz '2024-01-01 00:00Z' + i * interval '97 seconds', time '08:00' + i % 600 * interval '1 minute',
       i % 90 * interval '1 hour', (i % 500)::numeric::money, inet '10.0.0.0' + i, (i % 256)::bit(8),
       decode(md5('hash ' || i), 'hex'), point(i, 1), int4range(i % 100, i % 100 + 1 + i % 7),
       tstzrange(timestamptz '2024-01-01Z' + i * interval '1 hour', timestamptz '2024-01-01Z' + (i + 2) * interval '1 hour'),
       10 + i % 300, i % 19, 10 + i % 300 + i % 19, CASE WHEN i % 4 > 0 THEN 'reader' || i % 900 || '@mail.example' END
FROM generate_series(1, 3000) AS i, LATERAL (SELECT CASE WHEN i % 5 = 0 THEN 'page' WHEN i % 2 = 0 THEN 'post' ELSE 'idea' END AS kind) AS k
ORDER BY i % 7 = 0, i;
CREATE STATISTICS together (mcv) ON kind, state FROM articles;

-- A few readers read most, a few articles are read by most: not every pair of them would be a new one.
CREATE TABLE likes (article bigint REFERENCES articles, tenant uuid, number integer, at timestamp NOT NULL,
  PRIMARY KEY (tenant, number, article), FOREIGN KEY (tenant, number) REFERENCES users);
INSERT INTO likes
SELECT a, tenant, number, timestamp '2024-05-01' + n * interval '1 minute'
FROM (SELECT DISTINCT ON (a, u) a, u, n FROM (
        SELECT 1 + floor(3000 * random() ^ 4)::bigint AS a, 1 + floor(500 * random() ^ 3)::integer AS u, n FROM generate_series(1, 6000) AS n) AS drawn) AS pairs
JOIN (SELECT tenant, number, row_number() OVER (ORDER BY number, tenant) AS u FROM users) AS numbered USING (u);

CREATE TABLE profiles (article bigint PRIMARY KEY REFERENCES articles, never_seen text);
INSERT INTO profiles SELECT i, NULL FROM generate_series(1, 3000, 4) AS i;
CREATE TABLE staff (tenant uuid REFERENCES tenants, id integer, boss integer, PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, boss) REFERENCES staff);
INSERT INTO staff SELECT md5('tenant ' || t)::uuid, i, CASE WHEN i > 2 THEN 1 + i % 2 END
FROM generate_series(1, 40) AS t, generate_series(1, 12) AS i;
CREATE TABLE no_rows (id integer PRIMARY KEY);
ANALYZE;
