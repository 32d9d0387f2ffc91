SELECT id, created_at, endpoint FROM cerebras_api_calls
ORDER BY created_at DESC, id DESC
LIMIT 20;
