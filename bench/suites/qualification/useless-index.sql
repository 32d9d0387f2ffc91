-- No read looks for a note; every INSERT writes one.
CREATE INDEX ix_jobs_note ON jobs (note);
