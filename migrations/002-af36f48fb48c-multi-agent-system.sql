-- Agent runs and workflows, and what they find out about a lead.

CREATE TYPE agent_execution_status AS ENUM ('pending', 'running', 'success', 'failed');

CREATE TABLE agent_executions (
  id serial PRIMARY KEY,
  agent_type varchar(50) NOT NULL,
  lead_id integer REFERENCES leads (id),
  workflow_id uuid,
  status agent_execution_status NOT NULL,
  started_at timestamptz,
  completed_at timestamptz,
  latency_ms integer,
  model_used varchar(100),
  prompt_tokens integer,
  completion_tokens integer,
  cost_usd double precision,
  output_data json,
  error_message text,
  retry_count integer,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX ix_agent_executions_agent_type ON agent_executions (agent_type);
CREATE INDEX ix_agent_executions_id ON agent_executions (id);
CREATE INDEX ix_agent_executions_lead_id ON agent_executions (lead_id);
CREATE INDEX ix_agent_executions_status ON agent_executions (status);
CREATE INDEX ix_agent_executions_workflow_id ON agent_executions (workflow_id);

CREATE TYPE agent_workflow_status AS ENUM ('pending', 'running', 'completed', 'failed');

CREATE TABLE agent_workflows (
  id uuid PRIMARY KEY,
  name varchar(200) NOT NULL,
  lead_id integer REFERENCES leads (id),
  current_step varchar(50),
  status agent_workflow_status NOT NULL,
  total_latency_ms integer,
  total_cost_usd double precision,
  created_at timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz
);

CREATE INDEX ix_agent_workflows_lead_id ON agent_workflows (lead_id);
CREATE INDEX ix_agent_workflows_status ON agent_workflows (status);

CREATE TABLE booked_meetings (
  id serial PRIMARY KEY,
  lead_id integer NOT NULL REFERENCES leads (id),
  calendar_link varchar(500),
  scheduled_time timestamptz,
  timezone varchar(50),
  duration_minutes integer,
  meeting_type varchar(50),
  hubspot_meeting_id varchar(100),
  calendly_event_id varchar(100),
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX ix_booked_meetings_calendly_event_id ON booked_meetings (calendly_event_id);
CREATE INDEX ix_booked_meetings_hubspot_meeting_id ON booked_meetings (hubspot_meeting_id);
CREATE INDEX ix_booked_meetings_id ON booked_meetings (id);
CREATE INDEX ix_booked_meetings_lead_id ON booked_meetings (lead_id);
CREATE INDEX ix_booked_meetings_scheduled_time ON booked_meetings (scheduled_time);

CREATE TABLE enriched_leads (
  id serial PRIMARY KEY,
  lead_id integer NOT NULL REFERENCES leads (id),
  employee_count integer,
  annual_revenue bigint,
  funding_total bigint,
  tech_stack json,
  decision_makers json,
  enrichment_source varchar(50),
  confidence_score double precision,
  enriched_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX ix_enriched_leads_id ON enriched_leads (id);
CREATE UNIQUE INDEX ix_enriched_leads_lead_id ON enriched_leads (lead_id);

CREATE TABLE marketing_campaigns (
  id serial PRIMARY KEY,
  lead_id integer NOT NULL REFERENCES leads (id),
  campaign_type varchar(50) NOT NULL,
  subject_lines json,
  email_sequences json,
  linkedin_messages json,
  predicted_open_rate double precision,
  predicted_reply_rate double precision,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX ix_marketing_campaigns_campaign_type ON marketing_campaigns (campaign_type);
CREATE INDEX ix_marketing_campaigns_id ON marketing_campaigns (id);
CREATE INDEX ix_marketing_campaigns_lead_id ON marketing_campaigns (lead_id);
