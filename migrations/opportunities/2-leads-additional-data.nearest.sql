-- The column is json, which GIN has no operator class for; queries have to cast it the same way.
CREATE INDEX ix_leads_additional_data_gin
ON leads USING gin ((additional_data::jsonb));
