SELECT id, company_name FROM leads
WHERE to_tsvector('english', company_name || ' ' || coalesce(notes, '')) @@ plainto_tsquery('english', 'firewall capacitor')
ORDER BY id;
