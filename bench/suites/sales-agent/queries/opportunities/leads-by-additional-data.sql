SELECT id, company_name FROM leads
WHERE additional_data::jsonb @> '{"source": "referral", "visits": 7}'
ORDER BY id;
