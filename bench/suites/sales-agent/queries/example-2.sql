SELECT * FROM social_media_activity
WHERE lead_id = 123
ORDER BY posted_at DESC
LIMIT 20;
