import { expect, test } from 'vitest';
import { decimal, left, right, type Table } from '../../sections/section.ts';
import { stylesFor } from './terminal-style.ts';
import { renderTable } from './terminal-table.ts';

const plain = stylesFor(false);
const table: Table = {
  caption: undefined,
  columns: [
    left('table'),
    { ...decimal('before', 'ms'), group: 'shipped' },
    { ...decimal('after', 'ms'), group: 'shipped' },
    right('growth'),
  ],
  rows: [
    ['leads', '0.213', '13', '0.1 %'],
    ['contact_social_profiles.decision_maker_score', '13.6', '1.25', '12.0 %'],
  ],
};

test('decimal points stand under one another, the unit and the group are said once', () => {
  expect(renderTable(table, 100, plain)).toBe(
    [
      '                                                shipped',
      '  table                                          before  after  growth',
      '                                                     ms     ms',
      '  leads                                           0.213  13      0.1 %',
      '  contact_social_profiles.decision_maker_score   13.6     1.25  12.0 %',
    ].join('\n'),
  );
});

test('a long name is broken at a joint, and its row stays one row', () => {
  expect(renderTable(table, 56, plain).split('\n').slice(3)).toEqual([
    '  leads                             0.213  13      0.1 %',
    '  contact_social_profiles          13.6     1.25  12.0 %',
    '    .decision_maker_score',
  ]);
});

test('the mark of a verdict is coloured, a text that only begins like one is not', () => {
  const marked: Table = {
    caption: undefined,
    columns: [left(''), left('')],
    rows: [
      ['v 1', 'v17'],
      ['^', '?x'],
    ],
  };
  const text = renderTable(marked, 60, stylesFor(true));
  expect(text).toContain('\u001b[31mv\u001b[39m 1  v17');
  expect(text).toContain('\u001b[32m^\u001b[39m    ?x');
});
