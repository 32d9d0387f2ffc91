SELECT count(*), sum(total_tokens) FROM cerebras_api_calls
WHERE created_at >= '2025-10-01T00:00:00Z' AND created_at < '2025-10-02T00:00:00Z';
