import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../model/errors.ts';
import type { Result } from '../model/result.ts';
import { renderMarkdown } from './formats/markdown/markdown.ts';
import { block, text } from './formats/markdown/markdown-text.ts';
import { plainText } from '../format/plain-text.ts';
import {
  parseResult,
  serializePacked,
  serializeResult,
  type PackedResult,
  resultJsonSchema,
} from './result-file.ts';
import { sampleResult } from './sample-result.fixture.ts';
import { renderTerminal } from './formats/terminal/terminal.ts';

const sample = sampleResult();
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '[click](javascript:alert(1))',
    '![x](https://evil.example/x.png)',
    'a | b\n| --- |',
    '```\n# heading\n```',
    '\u001b[2J\u001b]0;owned\u0007',
    '&lt;b&gt; @everyone #1 `code` **bold** ~~gone~~',
    '\u202etxt.exe',
  ),
);

/** The sample with hostile text wherever text from a database, a suite or a file can occur. */
const poisoned = (poison: string): Result => ({
  ...sample,
  summary: [poison],
  run: { ...sample.run, suite: { name: poison, title: poison }, command: poison },
  candidate: {
    name: poison,
    indexes: sample.candidate.indexes.map((index) => ({ ...index, name: poison, table: poison })),
  },
  reads: sample.reads.map((read) => ({
    ...read,
    title: poison,
    source: poison,
    sql: poison,
    parameters: [poison],
  })),
  writes: sample.writes.map((write) => ({ ...write, title: poison, sql: poison })),
  claims: sample.claims.map((claim) => ({
    ...claim,
    section: poison,
    quote: poison,
    confirmedBy: poison,
    evidence: claim.evidence.map((evidence) => ({ ...evidence, text: poison })),
  })),
});

describe('the terminal report', () => {
  test.each([80, 140, 200])('reads well at %d columns', async (columns) => {
    await expect(renderTerminal(sample, { columns, color: false })).toMatchFileSnapshot(
      `__golden__/terminal-${columns}.txt`,
    );
  });

  test('says that a run is noisy after a verdict that stands, before one that is open, and in every row', () => {
    const noisy = renderTerminal(sampleResult([0.36, 0.41]), { columns: 140, color: false });
    const NOISY = 'Noisy: in this run, two copies without the candidate';
    expect(noisy).toMatch(
      new RegExp(`Verdict\\n {2}Ship with cost [^]+?\\n {2}${NOISY} are not shown to be alike`),
    );
    const open = renderTerminal(sampleResult([0.36, 36]), { columns: 140, color: false });
    expect(open).toMatch(new RegExp(`Verdict\\n {2}${NOISY}[^]+?\\n {2}Inconclusive `));
    expect(noisy).toMatch(/Example 1 {2}top leads .+ \(\^\) 1 +176x$/m);
    expect(noisy).toContain('( ) noisy');
    expect(renderMarkdown(sampleResult([0.36, 0.41]), 'result.json')).toContain('| faster, noisy (note 1) |');
  });

  test('has no line wider than the screen, whatever the data', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 80, max: 220 }), (poison, columns) => {
        const lines = renderTerminal(poisoned(poison), { columns, color: false }).split('\n');
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
      }),
      { numRuns: 60 },
    );
  });

  test('contains no control character of the data', () => {
    fc.assert(
      fc.property(hostile, (poison) => {
        expect(renderTerminal(poisoned(poison), { columns: 120, color: false })).not.toMatch(
          /(?!\n)[\p{Cc}\p{Cf}]/u,
        );
      }),
      { numRuns: 60 },
    );
  });

  test('differs in colour mode by its colours only', () => {
    const escape = String.fromCharCode(27);
    const colored = renderTerminal(sample, { columns: 200, color: true });
    expect(colored).toContain(escape);
    expect(colored.replaceAll(new RegExp(`${escape}\\[\\d+m`, 'g'), '')).toBe(
      renderTerminal(sample, { columns: 200, color: false }),
    );
  });

  test('says at the top that a run did not end well', () => {
    const outcome = { state: 'failed', error: { message: 'the server is gone' } } as const;
    const failed = { ...sample, run: { ...sample.run, outcome } };
    expect(
      renderTerminal(failed, { columns: 120, color: false }).split('\n').slice(0, 4).join('\n'),
    ).toContain('This run failed: the server is gone.');
  });
});

describe('the markdown report', () => {
  test('reads well', async () => {
    await expect(renderMarkdown(sample, 'result.json')).toMatchFileSnapshot('__golden__/report.md');
  });

  test('has no live markup from data', () => {
    fc.assert(
      fc.property(hostile, (data) => {
        const escaped = text(data).replaceAll('@<!-- -->', '');
        expect(escaped).not.toMatch(
          /[<>]|(?<!\\)(?:\\\\)*(?:[`*[\]|~@]|(?<!&)#|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))/,
        );
        expect(escaped).not.toMatch(/:\/\/|\n/);
      }),
    );
  });

  test.each(['- a', '+ a', '1. a', '2) a', '---', '===', '- - -', '   a'])(
    'keeps "%s" running text where a block could begin',
    (data) => {
      expect(text(data)).toMatch(/^(?:a|\d?\\[-+=.)])/);
    },
  );

  test('has no mail address that becomes a link', () => {
    expect(text('mailto:a@b.example')).toBe('mailto:a@<!-- -->b.example');
  });

  test('keeps a block of data inside its fence', () => {
    fc.assert(
      fc.property(hostile, (data) => {
        const lines = block(data, 'sql').split('\n');
        const fence = lines.at(-1) ?? '';
        expect(lines.slice(1, -1).some((line) => line.trim().startsWith(fence))).toBe(false);
      }),
    );
  });

  test('keeps the shape of every table, whatever the data', () => {
    fc.assert(
      fc.property(hostile, (poison) => {
        const rows = renderMarkdown(poisoned(poison), 'result.json')
          .split('\n')
          .filter((line) => line.startsWith('| '));
        for (const row of rows) expect(row).toMatch(/\|$/);
      }),
      { numRuns: 60 },
    );
  });
});

test('a result that was not measured in rounds is told without them', () => {
  const without = { ...sample, rounds: [] };
  const texts = [
    renderTerminal(without, { columns: 140, color: false }),
    renderMarkdown(without, 'result.json'),
  ];
  for (const text of texts) expect(text).not.toMatch(/disturbed|course/);
});

describe('result.json', () => {
  test('is read back from its text unchanged', () => {
    expect(parseResult(serializeResult(sample), 'result.json')).toEqual(sample);
  });

  test('has a line for each estimate, pair and round', () => {
    const lines = serializeResult(sample).split('\n');
    expect(
      lines.filter((line) => /^ +"(?:point|medianMs|scanMs|state": "(?:quiet|disturbed))"/.test(line)),
    ).toEqual([]);
    const [read] = sample.reads;
    if (read?.state !== 'measured') throw new Error('the sample has a read');
    expect(lines).toContain(
      `      "estimate": ${JSON.stringify(read.estimate, null, 1).replace(/\n */g, ' ')},`,
    );
  });

  test('has a schema that accepts it and refuses other JSON', () => {
    const validate = new Ajv2020({ allowUnionTypes: true, validateFormats: false }).compile(
      resultJsonSchema(),
    );
    expect(validate(sample), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...sample, reads: [{ id: 'x' }] })).toBe(false);
    expect(validate({ ...sample, surplus: 1 })).toBe(false);
    const packed = JSON.parse(serializePacked(sample)) as PackedResult;
    expect(validate(packed), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...packed, packed: { ...packed.packed, value: {} } })).toBe(false);
    expect(validate({ ...packed, surplus: 1 })).toBe(false);
  });

  test('is refused in a few lines, whatever it contains, without its control characters', () => {
    const refusal = (content: string): string[] => {
      try {
        parseResult(content, 'r.json');
      } catch (error) {
        return [...(error as UsageError).problems];
      }
      return [];
    };
    const many = refusal(JSON.stringify({ ...sample, warnings: Array.from({ length: 40 }, () => 1) }));
    expect(many).toHaveLength(11);
    expect(many.at(-1)).toBe('r.json: and 30 more');
    const keys = refusal(JSON.stringify({ ...sample, '\u001b[2J\u009b': 1 }));
    const garbage = refusal('\u001b[2J no JSON');
    for (const problem of [...keys, ...garbage]) expect(problem).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test('is refused with every problem when it does not match the schema', () => {
    const broken = JSON.stringify({ ...sample, summary: 1, run: { ...sample.run, scale: -1 } });
    const problems = () => parseResult(broken, 'r.json');
    expect(problems).toThrow(UsageError);
    expect(problems).toThrow('r.json: run.scale: ');
    expect(problems).toThrow('r.json: summary: ');
  });
});

test('harmless text of the data stays readable', () => {
  expect(plainText('Example 1  top leads')).toBe('Example 1  top leads');
  expect(text('+4.1 % [+2.0, +6.3]')).toBe('+4.1 % \\[+2.0, +6.3\\]');
});
