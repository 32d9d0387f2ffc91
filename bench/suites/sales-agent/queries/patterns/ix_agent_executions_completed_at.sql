SELECT agent_type, count(*), avg(latency_ms) FROM agent_executions
WHERE completed_at >= '2025-10-01T00:00:00Z'
GROUP BY agent_type;
