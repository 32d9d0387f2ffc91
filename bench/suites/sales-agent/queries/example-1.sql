SELECT * FROM leads
WHERE qualification_score > 80
ORDER BY qualification_score DESC, created_at DESC
LIMIT 10;
