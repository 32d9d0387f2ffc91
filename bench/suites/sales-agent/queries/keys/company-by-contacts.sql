-- The company at quantile $1 of the companies with contacts, from the one with the most (0) to the fewest (1).
WITH companies AS MATERIALIZED (
  SELECT company_name, count(*) AS contacts FROM contact_social_profiles GROUP BY company_name
)
SELECT company_name FROM companies
ORDER BY contacts DESC, company_name
OFFSET (SELECT floor($1::float8 * (count(company_name) - 1))::bigint FROM companies)
LIMIT 1;
