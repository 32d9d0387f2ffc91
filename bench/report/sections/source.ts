import { countedOver } from '../../format/counted-over.ts';
import { count, durationText, milliseconds, percentText } from '../../format/quantity.ts';
import { shortened } from '../../format/plain-text.ts';
import { searchPathText } from '../../format/search-path.ts';
import { sharesText } from '../../format/shares-text.ts';
import { originText } from '../../format/source-origin.ts';
import { OF_STANDBY } from '../../format/standby.ts';
import type { Result } from '../../model/result.ts';
import type { SourceFacts, SourceTime } from '../../model/source.ts';
import { left, right, type Section } from './section.ts';

/** The database that the suite was read from: what was copied, and what was not. */
export function sourceSections({ source, sourceTimes = [] }: Result): Section[] {
  return source ? [copiedSection(source), ...timesSection(sourceTimes), leftOutSection(source)] : [];
}

const copiedSection = (source: SourceFacts): Section => ({
  title: 'Source',
  tables: [
    {
      caption: undefined,
      columns: [left('table'), right('rows'), right(source.snapshot ? 'made' : 'copied'), right('share')],
      rows: source.tables.map(({ table, rows, copiedRows }) => [
        table,
        count(rows),
        count(copiedRows),
        percentText(rows === 0 ? 1 : Math.min(1, copiedRows / rows)),
      ]),
    },
  ],
  remarks: [
    `${originText(source)}, ${source.snapshot ? 'taken' : 'read'} at ${source.readAt}; schema ${source.schemaBy === 'pg_dump' ? 'by pg_dump' : 'from the catalog'}`,
    ...(source.isStandby ? [OF_STANDBY] : []),
    statementsText(source),
    ...(source.statements.countedHours === undefined ? [] : [countedOver(source.statements.countedHours)]),
    ...(source.searchPath ? [`names ${searchPathText(source.searchPath)}`] : []),
  ],
});

const statementsText = ({ statements }: SourceFacts): string =>
  `${statements.replayed} of ${statements.observed} statements are measured, ${percentText(statements.share)} of the ${sharesText(statements)}`;

const timesSection = (times: readonly SourceTime[]): Section[] =>
  times.length === 0
    ? []
    : [
        {
          title: 'Times in the source',
          tables: [
            {
              caption: undefined,
              columns: [left('statement'), right('mean there'), right('mean here, before'), left('')],
              rows: times.map(({ sql, meanMs, hereMs, isUnlike }) => [
                shortened(sql, 200),
                milliseconds(meanMs),
                durationText(hereMs),
                isUnlike ? 'other work' : '',
              ]),
            },
          ],
          remarks: [
            'both without client; there without planning, and with whatever the cache, the machine and other sessions added',
          ],
        },
      ];

const leftOutSection = ({ statements, leftOut }: SourceFacts): Section => ({
  title: 'Left out of the source',
  tables: [
    {
      caption: undefined,
      columns: [left('what'), left('why'), right(`share of the ${statements.sharesOf ?? 'time'}`)],
      rows: [
        ...statements.leftOut.map(({ sql, reason, share }) => [
          shortened(sql, 200),
          reason,
          percentText(share),
        ]),
        ...leftOut.map(({ object, reason }) => [object, reason, '']),
      ],
    },
  ],
  remarks: [],
});
