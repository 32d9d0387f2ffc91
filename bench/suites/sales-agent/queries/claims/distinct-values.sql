SELECT
    s.tablename || '.' || s.attname AS column,
    round(CASE WHEN s.n_distinct < 0 THEN -s.n_distinct * c.reltuples ELSE s.n_distinct END) AS distinct
FROM pg_stats s
JOIN pg_class c ON c.oid = format('%I.%I', s.schemaname, s.tablename)::regclass
WHERE s.schemaname = 'public';
