SELECT id FROM voice_session_logs
ORDER BY md5(id::text)
LIMIT 5000;
