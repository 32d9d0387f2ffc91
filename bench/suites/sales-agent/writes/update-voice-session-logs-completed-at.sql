UPDATE voice_session_logs SET completed_at = $2 WHERE id = $1;
