-- notes may be NULL, which makes the whole expression NULL: as written, such leads are never found.
CREATE INDEX ix_leads_search
ON leads USING gin (to_tsvector('english', company_name || ' ' || coalesce(notes, '')));
