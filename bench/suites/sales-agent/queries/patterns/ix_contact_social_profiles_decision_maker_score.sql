SELECT id, contact_name, company_name, decision_maker_score FROM contact_social_profiles
WHERE decision_maker_score IS NOT NULL
ORDER BY decision_maker_score DESC
LIMIT 20;
