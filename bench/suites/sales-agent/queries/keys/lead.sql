-- The lead at quantile $1 of all leads, from the first to the last.
SELECT percentile_disc($1::float8) WITHIN GROUP (ORDER BY id) FROM leads;
