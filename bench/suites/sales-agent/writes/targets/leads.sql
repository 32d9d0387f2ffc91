SELECT id FROM leads
ORDER BY md5(id::text)
LIMIT 5000;
