SELECT * FROM agent_executions
WHERE started_at >= '2025-10-01T00:00:00Z' AND started_at < '2025-10-02T00:00:00Z';
