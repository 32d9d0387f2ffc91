DELETE FROM organization_charts WHERE id = $1;
