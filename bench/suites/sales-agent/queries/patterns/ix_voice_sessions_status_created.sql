SELECT id, lead_id, voice_name, created_at FROM voice_session_logs
WHERE status = 'ACTIVE'
ORDER BY created_at DESC
LIMIT 20;
