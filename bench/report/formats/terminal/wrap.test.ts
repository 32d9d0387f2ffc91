import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { cut, wrap } from './wrap.ts';

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

test('text that fits is not cut', () => {
  expect(cut('Example 1  top leads', 20)).toBe('Example 1  top leads');
});

test('both ends of a longer text stay, with an ellipsis between them', () => {
  expect(cut('UPDATE contact_social_profiles.decision_maker_score', 25)).toBe('UPDATE contact_s…er_score');
  expect(cut('DELETE leads, without children', 24)).toBe('DELETE leads, wi…hildren');
});

test('no cut text is too wide', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 60 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 40 }), (text, width) => {
      expect(stringWidth(cut(text, width))).toBeLessThanOrEqual(width);
    }),
  );
});
