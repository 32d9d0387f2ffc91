-- The company at quantile $1 of the companies with contacts, from the one with the most (0) to the fewest (1).
SELECT company_name FROM contact_social_profiles
GROUP BY company_name
ORDER BY count(*) DESC, company_name
OFFSET (SELECT floor($1::float8 * (count(DISTINCT company_name) - 1))::bigint FROM contact_social_profiles)
LIMIT 1;
