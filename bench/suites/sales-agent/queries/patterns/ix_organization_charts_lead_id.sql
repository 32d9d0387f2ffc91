SELECT l.company_name, o.total_employees_analyzed, o.key_decision_makers_count
FROM leads l
JOIN organization_charts o ON o.lead_id = l.id
WHERE l.id BETWEEN 120 AND 129;
