SELECT id, platform, company_name, posted_at FROM social_media_activity
WHERE posted_at IS NOT NULL
ORDER BY posted_at DESC
LIMIT 50;
