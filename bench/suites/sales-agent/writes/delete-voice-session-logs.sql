DELETE FROM voice_session_logs WHERE id = $1;
