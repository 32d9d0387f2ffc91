import { expect, test } from 'vitest';
import { urlWithoutSecrets } from './plain-text.ts';

const of = (query: string): string => urlWithoutSecrets(`postgres://reader:secret@db.example/shop${query}`);

test('a URL is shown without its password, and without parameters that may hold another one', () => {
  expect(of('')).toBe('postgres://reader@db.example/shop');
  expect(of('?password=secret&sslmode=require')).toBe('postgres://reader@db.example/shop');
  expect(of('?options=-c%20app.token%3Dsecret')).toBe('postgres://reader@db.example/shop');
  expect(of('?options=-c%20search_path%3Dapp%20-c%20app.token%3Dsecret')).toBe(
    'postgres://reader@db.example/shop',
  );
});

test('a URL keeps the search path that it sets', () => {
  expect(of('?options=-csearch_path=app,public')).toBe(
    'postgres://reader@db.example/shop?options=-csearch_path%3Dapp%2Cpublic',
  );
});
