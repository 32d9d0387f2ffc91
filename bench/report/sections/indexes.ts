import type { Baseline } from '../../model/arm.ts';
import { byteUnit, significant } from '../../format/quantity.ts';
import type { CandidateIndex } from '../../model/candidate.ts';
import type { Result } from '../../model/result.ts';
import { decimal, left, right, type Column, type Layout, type Section, type Table } from './section.ts';

/** A column and its value for an index. */
interface Fact {
  column: Column;
  of: (index: CandidateIndex) => string;
}

/** The candidate's indexes: size, build time, and how many of the reads measured use each. */
export function indexesSection(result: Result, layout: Layout): Section {
  const { indexes } = result.candidate;
  const size = byteUnit(indexes.map(({ bytes }) => bytes));
  const isBuilt = indexes.some(({ builds }) => builds.length > 0);
  const builds = isBuilt ? result.run.baselines.map((baseline) => buildFact(baseline)) : [];
  const facts: Fact[] = [
    { column: left('index'), of: ({ name }) => name },
    ...(layout === 'narrow' ? [] : [{ column: left('table'), of: (index: CandidateIndex) => index.table }]),
    { column: decimal('size', size.name), of: ({ bytes }) => size.of(bytes) },
    ...(layout === 'narrow' && isBuilt ? [meanBuild] : builds),
    { column: right('reads'), of: ({ name }) => String(readsUsing(result, name)) },
  ];
  const rows = indexes.map((index) => facts.map((fact) => fact.of(index)));
  const table = { caption: undefined, columns: facts.map(({ column }) => column), rows };
  return {
    title: 'Indexes',
    tables: [...(rows.length > 0 ? [table] : []), ...droppedTable(result)],
    remarks: ['reads: how many of the measured reads use the index'],
  };
}

function droppedTable({ candidate: { dropped = [] } }: Result): Table[] {
  if (dropped.length === 0) return [];
  const size = byteUnit(dropped.map(({ bytes }) => bytes));
  return [
    {
      caption: 'dropped',
      columns: [left('index'), left('table'), decimal('size', size.name)],
      rows: dropped.map(({ name, table, bytes }) => [name, table, size.of(bytes)]),
    },
  ];
}

const meanBuild: Fact = {
  column: decimal('built in', 'ms'),
  of: ({ buildMs }) => (buildMs === undefined ? '' : significant(buildMs)),
};

const buildFact = (baseline: Baseline): Fact => ({
  column: decimal(`built, ${baseline}`, 'ms'),
  of: ({ builds }) => {
    const build = builds.find((candidate) => candidate.baseline === baseline);
    return build ? significant(build.buildMs) : '';
  },
});

/** A read that uses the index on two baselines counts once. */
function readsUsing({ reads }: Result, index: string): number {
  const using = reads.filter(
    (read) => read.state === 'measured' && read.plans.candidateIndexes.includes(index),
  );
  return new Set(using.map(({ id }) => id)).size;
}
