DELETE FROM contact_social_profiles WHERE id = $1;
