import fc from 'fast-check';

/** Text that does harm where it is not treated as text. Every escape is written out. */
export const HOSTILE_TEXTS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</td></tr></table><a href="javascript:alert(1)">x</a>',
  '</details></summary><svg onload=alert(1)>',
  '--><script>alert(1)</script><!--',
  '&lt;script&gt;alert(1)&lt;/script&gt; &#60;img&#62; &amp;lt;',
  '[x](javascript:alert(1))',
  '![x](https://evil.example/x.png)',
  '[x]: javascript:alert(1)\n\n[x]',
  '<javascript:alert(1)> <https://evil.example>',
  'https://evil.example www.evil.example mail@evil.example ftp://evil.example',
  '\u001b[2J\u001b]0;owned\u0007\u001b[31m',
  '\u009b2J\u0090x\u009c',
  'a | b\n| --- | --- |\n| c | d |',
  'a\r\n\r\n# heading\r\n\r\n- item\r\n\r\n> quote\r\n\r\n    code',
  '```\n<script>alert(1)</script>\n```',
  '````````\n</code></pre><img src=x>',
  '~~~\n<b>~~~',
  '- item',
  '1) item',
  '# heading',
  '> quote',
  '---',
  '`code` **bold** _it_ ~~gone~~ @everyone #1',
  '\\`\\<b>\\\\|\\',
  '\u202etxt.exe\u202c \u2066x\u2069 \u200b\ufeff\u200d',
  '\u2028<b>\u2029',
  'NUL \0 <b\0r>',
  '\ud800 lone \udc00',
  '%s %d %n ${x} {{x}} $(id) `id`',
  '__proto__',
  'constructor',
  'toString',
] as const;

/** Any text, often hostile, alone and inside other text. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom<string>(...HOSTILE_TEXTS),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(fc.constantFrom<string>(...HOSTILE_TEXTS), { minLength: 2, maxLength: 3 })
    .map((parts) => parts.join('')),
);
