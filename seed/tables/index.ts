import type { GeneratedTable, TablesElsewhere, TablesFrom } from '../../bench/model/dataset.ts';
import { agentExecutions } from './agent-executions.ts';
import { cerebrasApiCalls } from './cerebras-api-calls.ts';
import { contactSocialProfiles } from './contact-social-profiles.ts';
import { leads } from './leads.ts';
import { organizationCharts } from './organization-charts.ts';
import { reports } from './reports.ts';
import { socialMediaActivity } from './social-media-activity.ts';
import { voiceSessionLogs } from './voice-session-logs.ts';

/** The tables that are filled, leads first: the others refer to them. */
export const tables: readonly GeneratedTable[] = [
  leads,
  socialMediaActivity,
  contactSocialProfiles,
  agentExecutions,
  organizationCharts,
  voiceSessionLogs,
  cerebrasApiCalls,
  reports,
];

/** @public */
export const tablesFrom: TablesFrom = () => Promise.resolve(tables);

/** This module, for other threads. */
export const elsewhere: TablesElsewhere = { module: import.meta.url, argument: '' };
