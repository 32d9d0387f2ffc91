SELECT id, contact_name, company_name, decision_maker_score FROM contact_social_profiles
WHERE contact_priority = 'high';
