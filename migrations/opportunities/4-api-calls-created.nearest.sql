-- As written, in the place of the B-tree on the same column that the table has had from the start.
DROP INDEX IF EXISTS ix_cerebras_api_calls_created_at;
CREATE INDEX ix_api_calls_created_brin
ON cerebras_api_calls USING brin (created_at);
