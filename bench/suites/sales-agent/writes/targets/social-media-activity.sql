SELECT id FROM social_media_activity
ORDER BY md5(id::text)
LIMIT 5000;
