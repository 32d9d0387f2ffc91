UPDATE organization_charts SET chart_depth = $2 WHERE id = $1;
