CREATE INDEX ix_leads_additional_data_gin
ON leads USING gin (additional_data);
