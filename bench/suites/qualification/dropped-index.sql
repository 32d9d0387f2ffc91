DROP INDEX ix_jobs_account;
