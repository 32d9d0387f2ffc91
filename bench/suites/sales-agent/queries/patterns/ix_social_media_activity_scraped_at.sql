SELECT platform, count(*) FROM social_media_activity
WHERE scraped_at >= '2025-10-02T00:00:00Z'
GROUP BY platform;
