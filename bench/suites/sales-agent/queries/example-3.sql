SELECT * FROM contact_social_profiles
WHERE company_name = 'Acme Corp'
ORDER BY decision_maker_score DESC
LIMIT 5;
