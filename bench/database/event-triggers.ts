import { DatabaseError } from 'pg';
import { RunError } from '../model/errors.ts';
import { withConnection } from './connection.ts';
import { catalogLogin, type Login } from './login.ts';

/** The role may not set it, or the server is older than 17 and does not have it. */
const REFUSALS = ['42501', '42704'];

/**
 * The same login with event triggers off, where possible. From 17 on a database may run code whenever a user
 * connects, and a superuser would run it with all rights (PostgreSQL manual, 38.1 and `event_triggers`).
 */
export async function withoutEventTriggers(login: Login, signal: AbortSignal): Promise<Login> {
  const careful = { ...login, settings: { ...login.settings, event_triggers: 'off' } };
  try {
    return await withConnection(careful, signal, () => Promise.resolve(careful));
  } catch (error) {
    if (isRefusal(error)) return login;
    throw error;
  }
}

/** A login to somebody's database in which no code but PostgreSQL's own runs. */
export const carefulLogin = (url: string, signal: AbortSignal): Promise<Login> =>
  withoutEventTriggers(catalogLogin(url), signal);

const isRefusal = (error: unknown): boolean =>
  error instanceof RunError &&
  error.cause instanceof DatabaseError &&
  REFUSALS.includes(error.cause.code ?? '');
