SELECT count(*), avg(decision_maker_score) FROM contact_social_profiles
WHERE contact_priority = 'high';
