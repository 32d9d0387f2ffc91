SELECT id, company_name, title, posted_at FROM social_media_activity
WHERE platform = 'reddit' AND posted_at >= '2025-09-01T00:00:00Z'
ORDER BY posted_at DESC
LIMIT 50;
