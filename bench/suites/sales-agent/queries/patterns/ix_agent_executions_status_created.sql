SELECT id, agent_type, lead_id, created_at FROM agent_executions
WHERE status = 'pending'
ORDER BY created_at DESC
LIMIT 20;
