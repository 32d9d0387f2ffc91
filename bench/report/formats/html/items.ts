import type { Failure } from '../../../model/outcome.ts';
import type { PlanComparison } from '../../../model/plan.ts';
import { milliseconds, overheadText, ratioText } from '../../../format/quantity.ts';
import type { MeasuredRead, MeasuredWrite, ReadResult, WriteResult } from '../../../model/item-result.ts';
import type { Result } from '../../../model/result.ts';
import { inSentence } from '../../../format/plain-text.ts';
import type { Figures } from '../../figures/figures.ts';
import { planDiff, planLines } from '../../plan-lines.ts';
import { lines, markup, Markup } from './markup.ts';
import { type Figure, styleElement } from '../../figures/figure.ts';

/** A folded block for each item, one for the settings and one for the checksums. */
export function itemsMarkup({ reads, writes, dataset, environment }: Result, { plans }: Figures): Markup {
  const rows = dataset.tables.map(
    ({ table, rows: count, bytes, sha256 }) => `${table}  ${count} rows  ${bytes} bytes  sha256 ${sha256}`,
  );
  const settings = Object.entries(environment.settings).map(([name, value]) => `${name} = ${value}`);
  return markup`${reads.map((read) => readMarkup(read, plans))}${writes.map(writeMarkup)}
${folded('Dataset', block(rows.join('\n')))}${folded('Server settings', block(settings.join('\n')))}`;
}

const folded = (summary: string, content: Markup | readonly Markup[]): Markup =>
  markup`<details><summary>${summary}</summary>${content}</details>\n`;

export const block = (data: string): Markup => markup`<pre tabindex="0">${lines(data)}</pre>`;

function readMarkup(read: ReadResult, plans: Figures['plans']): Markup {
  const parameters = read.parameters.map((value, at) => `$${at + 1} = ${value ?? 'NULL'}`).join(', ');
  const plan = plans.find((figure) => figure.read === read);
  return folded(`${inSentence(read.title)}, ${read.baseline}`, [
    ...(read.source ? [markup`<p>${read.source}</p>`] : []),
    block(read.sql),
    ...(parameters ? [block(parameters)] : []),
    ...(read.state === 'failed'
      ? [failureMarkup(read)]
      : [
          factsMarkup(read, `speedup ${ratioText(read.estimate)}`),
          planMarkup(read.plans),
          ...(plan ? [figureMarkup(plan)] : []),
        ]),
  ]);
}

const writeMarkup = (write: WriteResult): Markup =>
  folded(`${inSentence(write.title)}, ${write.baseline}`, [
    block(write.sql),
    write.state === 'failed'
      ? failureMarkup(write)
      : factsMarkup(write, `overhead ${overheadText(write.estimate)}`),
  ]);

/** One plan where both are equal; otherwise a diff: - in the plan before only, + in the plan after only. */
const planMarkup = ({ before, after, changed }: PlanComparison): Markup =>
  changed
    ? markup`<p>What changes in the plan:</p>${block(planDiff(before.tree, after.tree))}`
    : markup`<p>The plan, before and after:</p>${block(planLines(after.tree).join('\n'))}`;

/** The error, and its place unless that is the statement shown above. */
function failureMarkup({ sql, error }: Pick<ReadResult, 'sql'> & { error: Failure }): Markup {
  const { message, detail = sql } = error;
  return markup`<p>Failed: ${message}</p>${detail === sql ? undefined : block(detail)}`;
}

/** Both durations and their ratio, with intervals and pairs. */
function factsMarkup(item: MeasuredRead | MeasuredWrite, ratio: string): Markup {
  const { before, after, estimate, pairs, verdict, pValue } = item;
  const duration = ({ durationMs: { point, low, high } }: MeasuredRead['before']): string =>
    `${milliseconds(point)} [${milliseconds(low)}, ${milliseconds(high)}]`;
  const confidence = (estimate.confidence * 100).toFixed(1);
  return markup`<ul>
<li>before ${duration(before)}, after ${duration(after)}</li>
<li>${ratio} at ${confidence} % confidence, n = ${pairs.length} pairs (${estimate.method})</li>
<li>${verdict}; sign test p = ${pValue.toPrecision(2)} before adjustment</li>
</ul>`;
}

/** The page has the style once for all pictures, and needs no namespace. */
const inPage = (svg: string): string =>
  svg.replace(`${styleElement}\n`, '').replace(' xmlns="http://www.w3.org/2000/svg"', '');

/** A picture in the page. */
export const figureMarkup = ({ title, svg }: Figure): Markup =>
  markup`<figure><figcaption>${title}</figcaption>${new Markup(inPage(svg))}</figure>
`;

/** Most figures are open. The pairs are folded: few readers need them, and they fill a page. */
export function figuresMarkup(figures: readonly Figure[]): Markup | undefined {
  if (figures.length === 0) return undefined;
  const isFolded = ({ name }: Figure): boolean => name.startsWith('pairs-');
  return markup`<div class="figures">${figures.filter((one) => !isFolded(one)).map(figureMarkup)}</div>
${figures.filter(isFolded).map((one) => markup`<details><summary>${one.title}</summary>${figureMarkup(one)}</details>\n`)}`;
}
