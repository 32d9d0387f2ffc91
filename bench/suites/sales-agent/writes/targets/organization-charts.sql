SELECT id FROM organization_charts
ORDER BY md5(id::text)
LIMIT 5000;
