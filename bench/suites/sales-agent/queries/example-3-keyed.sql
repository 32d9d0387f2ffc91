SELECT * FROM contact_social_profiles
WHERE company_name = $1
ORDER BY decision_maker_score DESC
LIMIT 5;
