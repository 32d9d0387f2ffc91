UPDATE contact_social_profiles SET decision_maker_score = $2 WHERE id = $1;
