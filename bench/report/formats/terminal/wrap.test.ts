import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { wrap } from './wrap.ts';

test('text that fits is unchanged, including spaces that align its parts', () => {
  expect(wrap('Example 1  top leads', 40, '')).toBe('Example 1  top leads');
});

test('a name longer than a line is broken after an underscore or before a dot', () => {
  expect(wrap('UPDATE contact_social_profiles.decision_maker_score', 31, '').split('\n')).toEqual([
    'UPDATE contact_social_profiles',
    '  .decision_maker_score',
  ]);
  expect(wrap('ix_contact_social_profiles_decision_maker_score', 20, '').split('\n')).toEqual([
    'ix_contact_social_',
    '  profiles_decision_',
    '  maker_score',
  ]);
});

test('no line is too wide, and only spaces are lost or added, whatever the text', () => {
  const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 90 }), { maxLength: 4 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 8, max: 120 }), (words, width) => {
      const text = words.join(' ').replace(/\s/g, ' ');
      const lines = wrap(text, width, '').split('\n');
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }),
  );
});

test('a broken name gets no space', () => {
  for (const line of wrap('a'.repeat(130), 80, '').split('\n')) expect(line).toMatch(/^ *a+$/);
});
