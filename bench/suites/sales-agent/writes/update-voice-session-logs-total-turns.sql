UPDATE voice_session_logs SET total_turns = $2 WHERE id = $1;
