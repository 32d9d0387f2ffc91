import { expect, test } from 'vitest';
import { typedName } from './typed-name.ts';

const known = new Set(['orders', 'app.orders', 'app.tickets', '"Sales".leads', 'app.tickets.subject']);

test.each([
  ['orders', 'orders'],
  ['tickets', 'app.tickets'],
  ['leads', '"Sales".leads'],
  ['tickets.subject', 'app.tickets.subject'],
  ['app.orders', 'app.orders'],
  ['nothing', 'nothing'],
])('%s is %s where names are looked up in app and in Sales', (typed, found) => {
  expect(typedName(typed, known, ['app', 'Sales'])).toBe(found);
});
