SELECT id, agent_type, completed_at FROM agent_executions
WHERE lead_id = 123 AND status = 'success';
