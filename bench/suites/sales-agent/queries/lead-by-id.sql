SELECT *
FROM leads
WHERE id = $1;
