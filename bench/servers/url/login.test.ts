import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { withConnection } from '../../database/connection.ts';
import type { Login } from '../../database/login.ts';
import { withEmbeddedServer } from '../embedded/embedded.ts';
import { serverAccount } from '../embedded/server-account.ts';
import { serverSettings } from '../server-settings.ts';
import { guestSettings } from './settings.ts';

const never = new AbortController().signal;

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'guest-url-'));
  await chmod(directory, 0o755);
});
afterAll(() => rm(directory, { recursive: true }));
afterEach(() => {
  vi.unstubAllEnvs();
});

const guestLogin = (url: string): Login => ({
  url,
  settings: guestSettings(serverSettings(0.25)),
  environment: 'used',
});

/** What a session on this URL answers. */
const ask = (url: string, sql: string): Promise<string | undefined> =>
  withConnection(guestLogin(url), never, async (session) => {
    const { rows } = await session.query<[string]>({ text: sql, rowMode: 'array' });
    return rows[0]?.[0];
  });

describe('a URL without a password', () => {
  const bare = (): { url: URL; password: string } => {
    const url = new URL(inject('serverUrl'));
    const { password } = url;
    url.password = '';
    return { url, password };
  };

  test('takes it from PGPASSWORD', async () => {
    const { url, password } = bare();
    vi.stubEnv('PGPASSWORD', password);
    expect(await ask(url.href, 'SELECT 1')).toBe('1');
  });

  test('takes it from a passfile', async () => {
    const { url, password } = bare();
    const passfile = join(directory, 'passfile');
    await writeFile(passfile, `${url.hostname}:${url.port}:*:${url.username}:${password}\n`, { mode: 0o600 });
    vi.stubEnv('PGPASSFILE', passfile);
    expect(await ask(url.href, 'SELECT 1')).toBe('1');
  });

  test('is told where one is looked for', async () => {
    const { url } = bare();
    vi.stubEnv('PGPASSFILE', join(directory, 'nothing'));
    await expect(ask(url.href, 'SELECT 1')).rejects.toMatchObject({
      detail: 'it asks for a password, and there is none',
      remedy: expect.stringContaining('PGPASSWORD or a passfile') as string,
    });
  });
});

test('a URL keeps the options that somebody has given it', async () => {
  const url = new URL(inject('serverUrl'));
  url.searchParams.set('options', '-c search_path=elsewhere');
  expect(await ask(url.href, 'SHOW search_path')).toBe('elsewhere');
  expect(await ask(url.href, 'SHOW timezone')).toBe('UTC');
});

/** A key for this test alone, and its certificate, which nobody has signed. */
async function certificate(): Promise<{ cert: string; key: string }> {
  const [cert, key] = [join(directory, 'server.crt'), join(directory, 'server.key')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject];
  execFileSync('openssl', [...request, '-out', cert, '-keyout', key], { stdio: 'ignore' });
  await chmod(key, 0o600);
  const account = await serverAccount();
  if (account) await chown(key, account.uid, account.gid);
  return { cert, key };
}

const hasOpenssl = (() => {
  try {
    return execFileSync('openssl', ['version']).length > 0;
  } catch {
    return false;
  }
})();

test.runIf(hasOpenssl)('sslmode means what it means to libpq', async () => {
  const { cert, key } = await certificate();
  const settings = { ...serverSettings(0.25), ssl: 'on', ssl_cert_file: cert, ssl_key_file: key };
  await withEmbeddedServer({ settings, keep: false, signal: never }, async (server) => {
    const encrypted = (host: string, parameters: Record<string, string>): Promise<string | undefined> => {
      const url = new URL(server.admin().url);
      url.hostname = host;
      url.search = new URLSearchParams(parameters).toString();
      return ask(url.href, 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
    };
    const trusting = { sslrootcert: cert };
    expect(await encrypted('127.0.0.1', { sslmode: 'disable' })).toBe('f');
    expect(await encrypted('127.0.0.1', { sslmode: 'require' })).toBe('t');
    expect(await encrypted('127.0.0.1', { sslmode: 'verify-ca', ...trusting })).toBe('t');
    expect(await encrypted('localhost', { sslmode: 'verify-full', ...trusting })).toBe('t');
    await expect(encrypted('127.0.0.1', { sslmode: 'verify-full', ...trusting })).rejects.toMatchObject({
      detail: expect.stringContaining('does not match') as string,
    });
    await expect(encrypted('localhost', { sslmode: 'verify-full' })).rejects.toMatchObject({
      detail: expect.stringContaining('self-signed certificate') as string,
    });
  });
});
