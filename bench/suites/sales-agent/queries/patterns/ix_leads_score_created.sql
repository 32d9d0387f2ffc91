SELECT id, company_name, qualification_score, created_at FROM leads
WHERE qualification_score >= 90
ORDER BY qualification_score DESC, created_at DESC
LIMIT 20;
