-- CRM synchronisation, customers, social profiles and voice sessions.

CREATE TABLE crm_contacts (
  id serial PRIMARY KEY,
  email varchar(255) NOT NULL,
  first_name varchar(100),
  last_name varchar(100),
  company varchar(255),
  title varchar(255),
  phone varchar(50),
  linkedin_url varchar(500),
  external_ids json NOT NULL,
  enrichment_data json,
  enrichment_score double precision,
  source_platform varchar(50),
  last_synced_at timestamp,
  sync_status varchar(50),
  created_at timestamp NOT NULL,
  updated_at timestamp NOT NULL
);

CREATE INDEX idx_crm_contact_company ON crm_contacts (company);
CREATE INDEX idx_crm_contact_email ON crm_contacts (email);
CREATE INDEX idx_crm_contact_last_synced ON crm_contacts (last_synced_at);
CREATE INDEX idx_crm_contact_source ON crm_contacts (source_platform);
CREATE INDEX idx_crm_contact_sync_status ON crm_contacts (sync_status);
CREATE INDEX ix_crm_contacts_company ON crm_contacts (company);
CREATE UNIQUE INDEX ix_crm_contacts_email ON crm_contacts (email);
CREATE INDEX ix_crm_contacts_id ON crm_contacts (id);
CREATE INDEX ix_crm_contacts_source_platform ON crm_contacts (source_platform);
CREATE INDEX ix_crm_contacts_sync_status ON crm_contacts (sync_status);

CREATE TABLE crm_credentials (
  id serial PRIMARY KEY,
  platform varchar(50) NOT NULL,
  user_id integer,
  access_token text,
  refresh_token text,
  token_expires_at timestamp,
  api_key text,
  scopes json,
  is_active boolean,
  last_auth_at timestamp,
  created_at timestamp NOT NULL,
  updated_at timestamp NOT NULL
);

CREATE INDEX idx_crm_creds_active ON crm_credentials (is_active, platform);
CREATE INDEX idx_crm_creds_platform_user ON crm_credentials (platform, user_id);
CREATE INDEX ix_crm_credentials_id ON crm_credentials (id);
CREATE INDEX ix_crm_credentials_is_active ON crm_credentials (is_active);
CREATE INDEX ix_crm_credentials_platform ON crm_credentials (platform);
CREATE INDEX ix_crm_credentials_user_id ON crm_credentials (user_id);

CREATE TABLE crm_webhooks (
  id serial PRIMARY KEY,
  platform varchar(50) NOT NULL,
  event_type varchar(100) NOT NULL,
  event_id varchar(255) NOT NULL,
  contact_id varchar(255),
  payload json NOT NULL,
  signature text,
  processed boolean,
  processed_at timestamp,
  processing_error text,
  received_at timestamp NOT NULL,
  event_timestamp timestamp NOT NULL
);

CREATE INDEX idx_webhook_event_id ON crm_webhooks (event_id);
CREATE INDEX idx_webhook_platform_type ON crm_webhooks (platform, event_type);
CREATE INDEX idx_webhook_processed ON crm_webhooks (processed, received_at);
CREATE INDEX ix_crm_webhooks_contact_id ON crm_webhooks (contact_id);
CREATE UNIQUE INDEX ix_crm_webhooks_event_id ON crm_webhooks (event_id);
CREATE INDEX ix_crm_webhooks_event_timestamp ON crm_webhooks (event_timestamp);
CREATE INDEX ix_crm_webhooks_event_type ON crm_webhooks (event_type);
CREATE INDEX ix_crm_webhooks_id ON crm_webhooks (id);
CREATE INDEX ix_crm_webhooks_platform ON crm_webhooks (platform);
CREATE INDEX ix_crm_webhooks_processed ON crm_webhooks (processed);
CREATE INDEX ix_crm_webhooks_received_at ON crm_webhooks (received_at);

CREATE TABLE customers (
  id serial PRIMARY KEY,
  company_name varchar(255) NOT NULL,
  firebase_uid varchar(128) NOT NULL,
  email varchar(255) NOT NULL,
  api_key varchar(128) NOT NULL,
  api_key_hash varchar(256),
  subscription_tier varchar(50),
  status varchar(50),
  contact_name varchar(255),
  contact_title varchar(200),
  company_website varchar(500),
  company_size varchar(100),
  industry varchar(200),
  settings json,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz,
  last_login_at timestamptz
);

CREATE UNIQUE INDEX ix_customers_api_key ON customers (api_key);
CREATE INDEX ix_customers_company_name ON customers (company_name);
CREATE UNIQUE INDEX ix_customers_email ON customers (email);
CREATE UNIQUE INDEX ix_customers_firebase_uid ON customers (firebase_uid);
CREATE INDEX ix_customers_id ON customers (id);
CREATE INDEX ix_customers_status ON customers (status);

CREATE TABLE voice_configurations (
  id serial PRIMARY KEY,
  name varchar NOT NULL UNIQUE,
  description text,
  voice_id varchar NOT NULL,
  voice_name varchar,
  language varchar,
  default_emotion varchar,
  default_speed varchar,
  sample_rate integer,
  encoding varchar,
  container varchar,
  times_used integer,
  average_satisfaction double precision,
  is_active boolean,
  created_at timestamp DEFAULT now(),
  updated_at timestamp
);

CREATE INDEX ix_voice_configurations_is_active ON voice_configurations (is_active);
CREATE INDEX ix_voice_configurations_name ON voice_configurations (name);

CREATE TABLE contact_social_profiles (
  id serial PRIMARY KEY,
  contact_name varchar(255) NOT NULL,
  contact_email varchar(255),
  company_name varchar(255) NOT NULL,
  job_title varchar(255),
  lead_id integer REFERENCES leads (id),
  linkedin_url varchar(500),
  linkedin_headline varchar(500),
  linkedin_location varchar(255),
  linkedin_connections varchar(50),
  current_company varchar(255),
  current_title varchar(255),
  tenure varchar(100),
  decision_maker_score integer,
  contact_priority varchar(20),
  is_c_level boolean,
  is_vp_level boolean,
  twitter_url varchar(500),
  twitter_username varchar(100),
  facebook_url varchar(500),
  instagram_url varchar(500),
  experience_years integer,
  skills json,
  education json,
  work_history json,
  last_activity_date timestamptz,
  engagement_frequency varchar(50),
  topics_discussed json,
  scraped_at timestamptz DEFAULT now(),
  updated_at timestamptz,
  scraping_method varchar(100),
  data_quality_score integer
);

CREATE INDEX ix_contact_social_profiles_company_name ON contact_social_profiles (company_name);
CREATE INDEX ix_contact_social_profiles_contact_email ON contact_social_profiles (contact_email);
CREATE INDEX ix_contact_social_profiles_contact_name ON contact_social_profiles (contact_name);
CREATE INDEX ix_contact_social_profiles_id ON contact_social_profiles (id);
CREATE UNIQUE INDEX ix_contact_social_profiles_linkedin_url ON contact_social_profiles (linkedin_url);

CREATE TABLE crm_sync_logs (
  id serial PRIMARY KEY,
  credential_id integer NOT NULL REFERENCES crm_credentials (id) ON DELETE CASCADE,
  platform varchar(50) NOT NULL,
  operation varchar(50) NOT NULL,
  contacts_processed integer,
  contacts_created integer,
  contacts_updated integer,
  contacts_failed integer,
  errors json,
  started_at timestamp NOT NULL,
  completed_at timestamp,
  duration_seconds double precision,
  status varchar(50)
);

CREATE INDEX idx_sync_log_platform_status ON crm_sync_logs (platform, status);
CREATE INDEX idx_sync_log_started ON crm_sync_logs (started_at);
CREATE INDEX ix_crm_sync_logs_credential_id ON crm_sync_logs (credential_id);
CREATE INDEX ix_crm_sync_logs_id ON crm_sync_logs (id);
CREATE INDEX ix_crm_sync_logs_platform ON crm_sync_logs (platform);
CREATE INDEX ix_crm_sync_logs_started_at ON crm_sync_logs (started_at);
CREATE INDEX ix_crm_sync_logs_status ON crm_sync_logs (status);

CREATE TABLE customer_agents (
  id serial PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customers (id),
  agent_name varchar(255) NOT NULL,
  agent_type varchar(100) NOT NULL,
  agent_role varchar(100),
  deployment_id varchar(128),
  status varchar(50),
  config json,
  model varchar(100),
  total_tasks integer,
  completed_tasks integer,
  failed_tasks integer,
  average_latency_ms double precision,
  total_api_calls integer,
  total_cost_usd double precision,
  deployed_at timestamptz NOT NULL DEFAULT now(),
  last_active_at timestamptz,
  terminated_at timestamptz
);

CREATE INDEX ix_customer_agents_customer_id ON customer_agents (customer_id);
CREATE UNIQUE INDEX ix_customer_agents_deployment_id ON customer_agents (deployment_id);
CREATE INDEX ix_customer_agents_id ON customer_agents (id);
CREATE INDEX ix_customer_agents_status ON customer_agents (status);

CREATE TABLE customer_quotas (
  id serial PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customers (id),
  max_api_calls_per_day integer,
  max_api_calls_per_month integer,
  api_calls_today integer,
  api_calls_this_month integer,
  max_agents integer,
  max_concurrent_agents integer,
  active_agents_count integer,
  max_leads_per_month integer,
  leads_this_month integer,
  max_storage_mb integer,
  storage_used_mb double precision,
  max_documents integer,
  documents_count integer,
  max_cost_per_month_usd double precision,
  cost_this_month_usd double precision,
  rate_limit_per_second integer,
  rate_limit_per_minute integer,
  last_daily_reset timestamptz,
  last_monthly_reset timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz
);

CREATE UNIQUE INDEX ix_customer_quotas_customer_id ON customer_quotas (customer_id);
CREATE INDEX ix_customer_quotas_id ON customer_quotas (id);

CREATE TABLE knowledge_documents (
  id serial PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customers (id),
  document_id varchar(128) NOT NULL,
  filename varchar(500) NOT NULL,
  content_type varchar(100),
  file_size integer,
  firebase_storage_path varchar(1000),
  firebase_url varchar(2000),
  extracted_text text,
  text_length integer,
  embedding text,
  target_industries json,
  company_sizes json,
  decision_makers json,
  target_regions json,
  icp_data json,
  tags json,
  processing_status varchar(50),
  processing_error text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz
);

CREATE INDEX ix_knowledge_documents_customer_id ON knowledge_documents (customer_id);
CREATE UNIQUE INDEX ix_knowledge_documents_document_id ON knowledge_documents (document_id);
CREATE INDEX ix_knowledge_documents_id ON knowledge_documents (id);

CREATE TABLE organization_charts (
  id serial PRIMARY KEY,
  company_name varchar(255) NOT NULL,
  company_linkedin_url varchar(500),
  lead_id integer REFERENCES leads (id),
  hierarchy_data json NOT NULL,
  total_employees_analyzed integer,
  key_decision_makers_count integer,
  c_level_contacts json,
  vp_level_contacts json,
  director_level_contacts json,
  reporting_relationships json,
  team_structures json,
  chart_depth integer,
  confidence_score double precision,
  created_at timestamptz DEFAULT now(),
  updated_at timestamptz
);

CREATE UNIQUE INDEX ix_organization_charts_company_linkedin_url ON organization_charts (company_linkedin_url);
CREATE INDEX ix_organization_charts_company_name ON organization_charts (company_name);
CREATE INDEX ix_organization_charts_id ON organization_charts (id);

CREATE TABLE social_media_activity (
  id serial PRIMARY KEY,
  platform varchar(50) NOT NULL,
  platform_post_id varchar(255),
  post_url varchar(1000),
  company_name varchar(255) NOT NULL,
  lead_id integer REFERENCES leads (id),
  title varchar(500),
  text_content text,
  author_username varchar(255),
  author_name varchar(255),
  likes_count integer,
  retweets_count integer,
  comments_count integer,
  shares_count integer,
  upvotes_count integer,
  engagement_score double precision,
  sentiment varchar(20),
  sentiment_score double precision,
  sentiment_reasoning text,
  posted_at timestamptz,
  scraped_at timestamptz DEFAULT now(),
  additional_data json
);

CREATE INDEX ix_social_media_activity_company_name ON social_media_activity (company_name);
CREATE INDEX ix_social_media_activity_id ON social_media_activity (id);
CREATE INDEX ix_social_media_activity_platform ON social_media_activity (platform);
CREATE UNIQUE INDEX ix_social_media_activity_platform_post_id ON social_media_activity (platform_post_id);

CREATE TYPE voicesessionstatus AS ENUM ('ACTIVE', 'COMPLETED', 'ERROR', 'ABANDONED');

CREATE TABLE voice_session_logs (
  id varchar PRIMARY KEY,
  lead_id integer REFERENCES leads (id) ON DELETE CASCADE,
  voice_id varchar NOT NULL,
  voice_name varchar,
  language varchar,
  initial_emotion varchar,
  status voicesessionstatus,
  total_turns integer,
  total_duration_ms integer,
  average_latency_ms double precision,
  min_latency_ms integer,
  max_latency_ms integer,
  p50_latency_ms integer,
  p95_latency_ms integer,
  p99_latency_ms integer,
  target_compliance_rate double precision,
  total_tts_cost_usd double precision,
  total_stt_cost_usd double precision,
  total_inference_cost_usd double precision,
  conversation_summary text,
  final_outcome varchar,
  context_data json,
  created_at timestamp DEFAULT now(),
  completed_at timestamp
);

CREATE INDEX ix_voice_session_logs_created_at ON voice_session_logs (created_at);
CREATE INDEX ix_voice_session_logs_lead_id ON voice_session_logs (lead_id);
CREATE INDEX ix_voice_session_logs_status ON voice_session_logs (status);

CREATE TABLE voice_turns (
  id varchar PRIMARY KEY,
  voice_session_id varchar REFERENCES voice_session_logs (id) ON DELETE CASCADE,
  turn_number integer,
  user_transcript text,
  user_audio_duration_ms integer,
  stt_confidence double precision,
  ai_response_text text,
  ai_audio_duration_ms integer,
  response_emotion varchar,
  response_speed varchar,
  stt_latency_ms integer,
  inference_latency_ms integer,
  tts_latency_ms integer,
  total_latency_ms integer,
  met_latency_target boolean,
  turn_context json,
  started_at timestamp,
  completed_at timestamp
);

CREATE INDEX ix_voice_turns_started_at ON voice_turns (started_at);
CREATE INDEX ix_voice_turns_total_latency_ms ON voice_turns (total_latency_ms);
CREATE INDEX ix_voice_turns_voice_session_id ON voice_turns (voice_session_id);

CREATE TABLE cartesia_api_calls (
  id serial PRIMARY KEY,
  voice_session_id varchar REFERENCES voice_session_logs (id) ON DELETE CASCADE,
  turn_id varchar REFERENCES voice_turns (id) ON DELETE CASCADE,
  operation varchar,
  model varchar,
  latency_ms integer,
  audio_duration_ms integer,
  characters_processed integer,
  audio_seconds_processed double precision,
  cost_usd double precision,
  success boolean,
  error_message text,
  created_at timestamp DEFAULT now()
);

CREATE INDEX ix_cartesia_api_calls_created_at ON cartesia_api_calls (created_at);
CREATE INDEX ix_cartesia_api_calls_operation ON cartesia_api_calls (operation);
CREATE INDEX ix_cartesia_api_calls_voice_session_id ON cartesia_api_calls (voice_session_id);
