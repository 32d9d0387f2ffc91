-- Leads that no row of any table refers to.
SELECT l.id FROM leads l
WHERE NOT EXISTS (SELECT FROM social_media_activity c WHERE c.lead_id = l.id)
  AND NOT EXISTS (SELECT FROM contact_social_profiles c WHERE c.lead_id = l.id)
  AND NOT EXISTS (SELECT FROM agent_executions c WHERE c.lead_id = l.id)
  AND NOT EXISTS (SELECT FROM organization_charts c WHERE c.lead_id = l.id)
  AND NOT EXISTS (SELECT FROM voice_session_logs c WHERE c.lead_id = l.id)
  AND NOT EXISTS (SELECT FROM reports c WHERE c.lead_id = l.id)
ORDER BY md5(l.id::text);
