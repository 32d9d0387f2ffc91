-- Half of each page is left free, so that every update of a column without an index finds room beside its row: all
-- of them are HOT until an index covers the column.
CREATE TABLE jobs (
    id serial PRIMARY KEY,
    account integer NOT NULL,
    attempts integer NOT NULL,
    priority integer NOT NULL,
    note text NOT NULL
) WITH (fillfactor = 50);

-- Larger than a second-level cache: a scan is bound by the memory that the machine shares with others.
CREATE TABLE archive (
    id serial PRIMARY KEY,
    job integer NOT NULL,
    note text NOT NULL
);

CREATE TABLE documents (
    id serial PRIMARY KEY,
    words text[] NOT NULL
);

-- Turns its loop that often; nothing else decides how long it takes.
CREATE FUNCTION spin(turns integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    FOR turn IN 1..turns LOOP
    END LOOP;
END
$$;

CREATE FUNCTION steady_work() RETURNS void LANGUAGE sql VOLATILE AS 'SELECT spin(100000)';

-- Log-normal: half of the executions take more than 1.5 times, or less than two thirds of, the median.
CREATE FUNCTION noisy_work() RETURNS void LANGUAGE sql VOLATILE AS $$
    SELECT spin((60000 * exp(0.6 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())))::integer)
$$;
