-- Leads that no row of any table refers to.
WITH parents AS MATERIALIZED (
  SELECT lead_id FROM social_media_activity
  UNION SELECT lead_id FROM contact_social_profiles
  UNION SELECT lead_id FROM agent_executions
  UNION SELECT lead_id FROM organization_charts
  UNION SELECT lead_id FROM voice_session_logs
  UNION SELECT lead_id FROM reports
)
SELECT id FROM leads
WHERE NOT EXISTS (SELECT FROM parents WHERE lead_id = leads.id)
ORDER BY md5(id::text);
