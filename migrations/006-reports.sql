-- Research reports written about a lead.

CREATE TABLE reports (
  id serial PRIMARY KEY,
  lead_id integer NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
  title varchar(500) NOT NULL,
  status varchar(50) NOT NULL DEFAULT 'generating'
    CONSTRAINT ck_reports_status CHECK (status IN ('generating', 'completed', 'failed')),
  content_markdown text,
  content_html text,
  research_data json,
  insights_data json,
  confidence_score double precision
    CONSTRAINT ck_reports_confidence_score CHECK (confidence_score IS NULL OR confidence_score BETWEEN 0 AND 100),
  generation_time_ms integer
    CONSTRAINT ck_reports_generation_time_ms CHECK (generation_time_ms IS NULL OR generation_time_ms >= 0),
  error_message text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz
);

CREATE INDEX ix_reports_id ON reports (id);
CREATE INDEX ix_reports_lead_id ON reports (lead_id);
CREATE INDEX ix_reports_status ON reports (status);
CREATE INDEX ix_reports_created_at ON reports (created_at);
