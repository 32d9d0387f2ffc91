import { describe, inject } from 'vitest';
import { withConnection } from '../../database/connection.ts';
import { loginTo } from '../../../tests/fixtures/test-server.fixture.ts';
import { behavesAsProvider, defaults } from '../provider-behaviour.fixture.ts';
import { url } from './index.ts';

const never = new AbortController().signal;

describe("a guest on somebody's server", () => {
  behavesAsProvider({
    provide: (use, variation = {}) => {
      const request = url.request({
        url: inject('serverUrl'),
        maxSizeBytes: 1e9,
        maxSessions: Infinity,
      });
      return request.open(defaults(variation), use);
    },
    leftBehind: () =>
      withConnection(loginTo(inject('serverUrl')), never, async (owner) => {
        const { rows } = await owner.query<{ datname: string }>(
          "SELECT datname FROM pg_database WHERE datname LIKE 'index\\_impact%'",
        );
        return rows.map(({ datname }) => datname);
      }),
  });
});
