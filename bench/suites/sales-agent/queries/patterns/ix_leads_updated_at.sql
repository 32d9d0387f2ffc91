SELECT id, company_name, updated_at FROM leads
WHERE updated_at > '2025-10-03T00:00:00Z';
