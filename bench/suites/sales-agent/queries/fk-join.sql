SELECT l.company_name, l.qualification_score, o.total_employees_analyzed, o.chart_depth
FROM leads l
JOIN organization_charts o ON o.lead_id = l.id
WHERE l.id = 123;
