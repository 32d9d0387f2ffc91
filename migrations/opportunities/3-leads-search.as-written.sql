CREATE INDEX ix_leads_search
ON leads USING gin (to_tsvector('english', company_name || ' ' || notes));
