CREATE INDEX ix_leads_active
ON leads (created_at)
WHERE status = 'active';
