-- Two indexes that queries on leads had been missing, and the limits that both tables always meant to have.

CREATE INDEX ix_leads_industry ON leads (industry);
CREATE INDEX ix_leads_created_at ON leads (created_at DESC);

ALTER TABLE leads
  ADD CONSTRAINT ck_leads_qualification_score
    CHECK (qualification_score IS NULL OR qualification_score BETWEEN 0 AND 100),
  ADD CONSTRAINT ck_leads_contact_email
    CHECK (contact_email IS NULL OR contact_email ~ '^[^@]+@[^@]+\.[^@]+$'),
  ADD CONSTRAINT ck_leads_company_website
    CHECK (company_website IS NULL OR company_website ~ '^https?://'),
  ADD CONSTRAINT ck_leads_qualification_latency_ms
    CHECK (qualification_latency_ms IS NULL OR qualification_latency_ms >= 0);

ALTER TABLE cerebras_api_calls
  ADD CONSTRAINT ck_cerebras_api_calls_prompt_tokens CHECK (prompt_tokens > 0),
  ADD CONSTRAINT ck_cerebras_api_calls_completion_tokens CHECK (completion_tokens > 0),
  ADD CONSTRAINT ck_cerebras_api_calls_total_tokens
    CHECK (total_tokens > 0 AND total_tokens = prompt_tokens + completion_tokens),
  ADD CONSTRAINT ck_cerebras_api_calls_latency_ms CHECK (latency_ms > 0),
  ADD CONSTRAINT ck_cerebras_api_calls_cost_usd CHECK (cost_usd >= 0);
