SELECT * FROM social_media_activity
WHERE lead_id = $1
ORDER BY posted_at DESC
LIMIT 20;
