SELECT id, contact_name, job_title, decision_maker_score FROM contact_social_profiles
WHERE company_name = 'Acme Corp' AND decision_maker_score >= 70
ORDER BY decision_maker_score DESC
LIMIT 10;
