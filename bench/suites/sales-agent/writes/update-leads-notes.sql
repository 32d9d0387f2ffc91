UPDATE leads SET notes = $2 WHERE id = $1;
