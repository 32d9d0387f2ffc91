SELECT * FROM social_media_activity
WHERE platform = 'linkedin'
ORDER BY posted_at DESC
LIMIT 20;
