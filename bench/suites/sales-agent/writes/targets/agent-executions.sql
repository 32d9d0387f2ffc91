SELECT id FROM agent_executions
ORDER BY md5(id::text)
LIMIT 5000;
