SELECT id FROM contact_social_profiles
ORDER BY md5(id::text)
LIMIT 5000;
