-- A fifth of each table written to is updated once, in place of the months that the application has run: after
-- VACUUM every page has room for a new version of its rows, as the pages of a table in use have.
UPDATE leads SET notes = notes WHERE id % 5 = 2;
UPDATE social_media_activity SET likes_count = likes_count WHERE id % 5 = 2;
UPDATE contact_social_profiles SET tenure = tenure WHERE id % 5 = 2;
UPDATE agent_executions SET retry_count = retry_count WHERE id % 5 = 2;
UPDATE organization_charts SET chart_depth = chart_depth WHERE id % 5 = 2;
UPDATE voice_session_logs SET total_turns = total_turns WHERE ctid IN (
  SELECT ctid FROM (SELECT ctid, row_number() OVER (ORDER BY id) AS ordinal FROM voice_session_logs) AS numbered
  WHERE ordinal % 5 = 2
);
