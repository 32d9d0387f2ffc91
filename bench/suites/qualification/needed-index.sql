CREATE INDEX ix_jobs_account ON jobs (account);
