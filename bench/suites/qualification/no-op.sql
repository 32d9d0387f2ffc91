COMMENT ON TABLE jobs IS 'Nothing that a query could notice';
