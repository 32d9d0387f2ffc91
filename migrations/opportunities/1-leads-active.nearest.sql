-- leads has no status. What tells a lead that is still worked on is that it has not been qualified.
CREATE INDEX ix_leads_active
ON leads (created_at)
WHERE qualified_at IS NULL;
