CREATE INDEX ix_jobs_attempts ON jobs (attempts);
