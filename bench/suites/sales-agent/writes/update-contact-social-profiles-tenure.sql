UPDATE contact_social_profiles SET tenure = $2 WHERE id = $1;
