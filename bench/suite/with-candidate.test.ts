import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pathOf } from '../model/file-location.ts';
import { salesAgent } from '../suites/sales-agent/suite.ts';
import { withCandidate } from './with-candidate.ts';

const idsOf = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);

describe('another candidate in the place of the own one', () => {
  test('is called after its file, and charged with no claim made of the own one', () => {
    const { candidate, claims, goals, reads, opportunities } = withCandidate(salesAgent, 'a/3-fewer.up.sql');
    expect(candidate.name).toBe('3-fewer');
    expect(candidate.up).toBe(resolve('a/3-fewer.up.sql'));
    expect(claims).toEqual([]);
    expect({ goals, reads, opportunities }).toEqual({
      goals: salesAgent.goals,
      reads: salesAgent.reads,
      opportunities: salesAgent.opportunities,
    });
  });

  test('is the own one when it is the same file', () => {
    expect(withCandidate(salesAgent, pathOf(salesAgent.candidate.up))).toBe(salesAgent);
  });

  test.each(salesAgent.opportunities)(
    '$title: comes with the statements it would serve, without goals, and is not tried again on itself',
    (opportunity) => {
      const suite = withCandidate(salesAgent, pathOf(opportunity.nearest));
      const headline = suite.reads.filter(({ workload }) => workload === 'headline');
      expect(idsOf(headline)).toEqual(expect.arrayContaining(idsOf(opportunity.reads)));
      expect(idsOf(suite.writes)).toEqual(expect.arrayContaining(idsOf(opportunity.writes)));
      expect(suite.goals).toEqual([]);
      expect(suite.opportunities).toEqual(
        salesAgent.opportunities.filter(({ title }) => title !== opportunity.title),
      );
    },
  );
});
