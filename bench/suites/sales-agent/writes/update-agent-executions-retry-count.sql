UPDATE agent_executions SET retry_count = $2 WHERE id = $1;
