SELECT id, agent_type, status, started_at FROM agent_executions
WHERE started_at BETWEEN '2025-09-30T00:00:00Z' AND '2025-10-01T00:00:00Z';
