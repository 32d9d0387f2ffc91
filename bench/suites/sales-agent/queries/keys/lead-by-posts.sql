-- The lead at quantile $1 of the leads that have posts, from the one with the most posts (0) to the fewest (1).
WITH posters AS MATERIALIZED (
  SELECT lead_id, count(*) AS posts FROM social_media_activity WHERE lead_id IS NOT NULL GROUP BY lead_id
)
SELECT lead_id FROM posters
ORDER BY posts DESC, lead_id
OFFSET (SELECT floor($1::float8 * (count(*) - 1))::bigint FROM posters)
LIMIT 1;
