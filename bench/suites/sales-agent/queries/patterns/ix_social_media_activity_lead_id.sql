SELECT l.company_name, s.platform, s.posted_at, s.engagement_score
FROM leads l
JOIN social_media_activity s ON s.lead_id = l.id
WHERE l.id = 123;
