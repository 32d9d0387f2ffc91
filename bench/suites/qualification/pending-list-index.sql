-- No run fills this list.
CREATE INDEX ix_documents_words ON documents USING gin (words) WITH (gin_pending_list_limit = 65536);
