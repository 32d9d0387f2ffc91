UPDATE jobs SET priority = priority + 1 WHERE id % 5 = 0;
