SELECT
    schemaname,
    relname AS tablename,
    indexrelname AS indexname,
    idx_scan AS times_used
FROM pg_stat_user_indexes
WHERE schemaname = 'public'
ORDER BY idx_scan DESC;
