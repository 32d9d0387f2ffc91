SELECT id, company_name, qualification_score, qualified_at FROM leads
WHERE qualified_at IS NOT NULL
ORDER BY qualified_at DESC
LIMIT 20;
