CREATE INDEX ix_api_calls_created_brin
ON cerebras_api_calls USING brin (created_at);
