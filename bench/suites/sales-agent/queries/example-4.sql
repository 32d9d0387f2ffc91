SELECT * FROM agent_executions
WHERE status = 'running'
ORDER BY created_at DESC
LIMIT 10;
