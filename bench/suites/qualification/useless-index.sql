-- The read that names the column finds every row; every INSERT writes an entry.
CREATE INDEX ix_jobs_note ON jobs (note);
