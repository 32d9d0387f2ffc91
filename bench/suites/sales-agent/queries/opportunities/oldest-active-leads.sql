SELECT id, company_name, created_at FROM leads
WHERE qualified_at IS NULL
ORDER BY created_at, id
LIMIT 20;
