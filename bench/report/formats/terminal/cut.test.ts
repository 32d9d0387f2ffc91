import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { cut } from './cut.ts';

test('text that fits is unchanged', () => {
  expect(cut('Example 1  top leads', 20)).toBe('Example 1  top leads');
});

test('both ends of a longer text stay, with an ellipsis between them', () => {
  expect(cut('UPDATE contact_social_profiles.decision_maker_score', 25)).toBe('UPDATE contact_s…er_score');
  expect(cut('DELETE leads, without children', 24)).toBe('DELETE leads, wi…hildren');
});

test('no text is too wide', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 60 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 40 }), (text, width) => {
      expect(stringWidth(cut(text, width))).toBeLessThanOrEqual(width);
    }),
  );
});
