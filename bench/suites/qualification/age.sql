UPDATE jobs SET priority = priority + 1 WHERE id % 5 = 0;
-- VACUUM moves the list that this fills, and leaves free pages: no later list makes the index larger.
UPDATE documents SET words = words || '{again}'::text[] WHERE id % 2 = 0;
