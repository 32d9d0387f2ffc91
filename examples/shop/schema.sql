CREATE TABLE orders (
  id serial PRIMARY KEY,
  customer integer NOT NULL,
  total numeric(10, 2) NOT NULL,
  placed_at timestamptz NOT NULL DEFAULT now()
);
