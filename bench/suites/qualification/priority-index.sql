-- Saves a read a sort of all rows, and takes every HOT update of the column from a write.
CREATE INDEX ix_jobs_priority ON jobs (priority DESC, id);
