SELECT l.company_name, c.contact_name, c.job_title, c.decision_maker_score
FROM leads l
JOIN contact_social_profiles c ON c.lead_id = l.id
WHERE l.id BETWEEN 120 AND 129;
