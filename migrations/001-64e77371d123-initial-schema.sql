-- Leads and the log of model calls.

CREATE TABLE cerebras_api_calls (
  id serial PRIMARY KEY,
  endpoint varchar(200) NOT NULL,
  model varchar(100) NOT NULL,
  prompt_tokens integer NOT NULL,
  completion_tokens integer NOT NULL,
  total_tokens integer NOT NULL,
  latency_ms integer NOT NULL,
  cache_hit boolean,
  cost_usd double precision NOT NULL,
  input_cost_usd double precision,
  output_cost_usd double precision,
  operation_type varchar(100),
  success boolean NOT NULL,
  error_message text,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX ix_cerebras_api_calls_cache_hit ON cerebras_api_calls (cache_hit);
CREATE INDEX ix_cerebras_api_calls_created_at ON cerebras_api_calls (created_at);
CREATE INDEX ix_cerebras_api_calls_endpoint ON cerebras_api_calls (endpoint);
CREATE INDEX ix_cerebras_api_calls_id ON cerebras_api_calls (id);
CREATE INDEX ix_cerebras_api_calls_model ON cerebras_api_calls (model);
CREATE INDEX ix_cerebras_api_calls_operation_type ON cerebras_api_calls (operation_type);
CREATE INDEX ix_cerebras_api_calls_success ON cerebras_api_calls (success);

CREATE TABLE leads (
  id serial PRIMARY KEY,
  company_name varchar(255) NOT NULL,
  company_website varchar(500),
  company_size varchar(100),
  industry varchar(200),
  contact_name varchar(255),
  contact_email varchar(255),
  contact_phone varchar(50),
  contact_title varchar(200),
  qualification_score double precision,
  qualification_reasoning text,
  qualification_model varchar(100),
  qualification_latency_ms integer,
  notes text,
  additional_data json,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz,
  qualified_at timestamptz
);

CREATE INDEX ix_leads_company_name ON leads (company_name);
CREATE INDEX ix_leads_contact_email ON leads (contact_email);
CREATE INDEX ix_leads_id ON leads (id);
CREATE INDEX ix_leads_qualification_score ON leads (qualification_score);
