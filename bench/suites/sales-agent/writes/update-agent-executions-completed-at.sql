UPDATE agent_executions SET completed_at = $2 WHERE id = $1;
