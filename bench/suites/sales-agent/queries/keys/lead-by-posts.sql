-- The lead at quantile $1 of the leads that have posts, from the one with the most posts (0) to the fewest (1).
SELECT lead_id FROM social_media_activity
WHERE lead_id IS NOT NULL
GROUP BY lead_id
ORDER BY count(*) DESC, lead_id
OFFSET (SELECT floor($1::float8 * (count(DISTINCT lead_id) - 1))::bigint FROM social_media_activity)
LIMIT 1;
