SELECT id, lead_id, total_turns, completed_at FROM voice_session_logs
WHERE completed_at >= '2025-10-02T00:00:00';
