DELETE FROM agent_executions WHERE id = $1;
