-- How the tables of the Sales Agent are spread over the nodes of a Citus cluster.
--
-- A unique constraint of a distributed table must contain the column that distributes it. Three are changed for that; each
-- says so below. They no longer keep a value from being there twice. lead_id would keep the rows of a lead on one node,
-- but it may be NULL, which no column that distributes may be: the tables are distributed by their id.

-- Reference tables and distributed tables are made in one transaction.
SET LOCAL citus.multi_shard_modify_mode TO 'sequential';

-- Many tables refer to leads, and reads join them: a copy is on every node.
SELECT create_reference_table('leads');

-- Changed: UNIQUE (platform_post_id) becomes UNIQUE (platform_post_id, id).
DROP INDEX ix_social_media_activity_platform_post_id;
CREATE UNIQUE INDEX ix_social_media_activity_platform_post_id ON social_media_activity (platform_post_id, id);
SELECT create_distributed_table('social_media_activity', 'id', shard_count := 8);

-- Changed: UNIQUE (linkedin_url) becomes UNIQUE (linkedin_url, id).
DROP INDEX ix_contact_social_profiles_linkedin_url;
CREATE UNIQUE INDEX ix_contact_social_profiles_linkedin_url ON contact_social_profiles (linkedin_url, id);
SELECT create_distributed_table('contact_social_profiles', 'id', colocate_with := 'social_media_activity');

-- Changed: UNIQUE (company_linkedin_url) becomes UNIQUE (company_linkedin_url, id).
DROP INDEX ix_organization_charts_company_linkedin_url;
CREATE UNIQUE INDEX ix_organization_charts_company_linkedin_url ON organization_charts (company_linkedin_url, id);
SELECT create_distributed_table('organization_charts', 'id', colocate_with := 'social_media_activity');

SELECT create_distributed_table('agent_executions', 'id', colocate_with := 'social_media_activity');
SELECT create_distributed_table('cerebras_api_calls', 'id', colocate_with := 'social_media_activity');

-- The rest stays on the coordinator. Citus has to know of what refers to leads, also while rows are loaded and no foreign
-- key is there.
SELECT citus_add_local_table_to_metadata('voice_session_logs', cascade_via_foreign_keys := true);
