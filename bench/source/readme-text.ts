import { plainLines, plainText } from '../format/plain-text.ts';
import { percentText } from '../format/quantity.ts';
import { shellCommand } from '../format/shell.ts';
import { sharesText } from '../format/shares-text.ts';
import { originText } from '../format/source-origin.ts';
import type { SourceFacts } from '../model/source.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { FolderContent } from './folder-content.ts';
import type { Inspection } from './inspection.ts';
import type { Redaction } from './redact/redaction.ts';
import { AFTER_ROWS, BEFORE_ROWS, CANDIDATE, CANDIDATE_DOWN, ROWS, SNAPSHOT, SUITE } from './suite-files.ts';

/**
 * What a folder holds, and how it is run.
 *
 * @param flags that measure it as `try` does
 */
export const readmeText = (
  { name, candidate, down, inspection, snapshot }: FolderContent,
  facts: SourceFacts,
  flags: readonly string[],
): string =>
  plainLines(`# ${plainText(name)}

A suite for index-impact: what \`${plainText(candidate)}\` does to ${plainText(inspection.touched.join(', '))}. It was read from ${plainText(originText(facts))}${snapshot ? ', taken' : ''}
at ${facts.readAt}, and has ${facts.statements.replayed} of ${facts.statements.observed} statements,
${percentText(facts.statements.share)} of their ${sharesText(facts.statements)}.

    ${shellCommand(['npx', 'index-impact', 'run', '--suite', '.', ...flags])}
    ${shellCommand(['npx', 'index-impact', 'nightly', '--suite', '.', '--history', 'history', ...flags])}

In a checkout of index-impact, \`npm run index-impact -- run --suite\` with the path of this folder does the same.
These flags measure as \`try\` does. \`--mix\` is what the weights of \`${SUITE}\` say:
leave it out once you have changed one.

| file | what it is |
|---|---|
| \`${SUITE}\` | the tables and the statements, each with where its values come from: edit it |
| \`${BEFORE_ROWS}\` | the schema without its indexes and constraints |
| \`${AFTER_ROWS}\` | indexes, constraints and triggers, made when the rows are loaded |
| \`${CANDIDATE}\` | the migration |
${down ? `| \`${CANDIDATE_DOWN}\` | takes it back |\n` : ''}${snapshot ? OF_STATISTICS : OF_ROWS}

\`key\` and \`targets\` are queries on the ${snapshot ? 'made' : 'copied'} rows: they pick the values that a
statement is run with.

## What it holds of somebody's data

${heldText(inspection, snapshot)}
Defaults, constraints and functions of the schema have the literals that were
written into them. Statements have those that somebody wrote into them. Where the
values of an execution were taken from a log, a comment of \`${SUITE}\` says so.
`).join('\n');

const OF_ROWS = `| \`${ROWS}/\` | **rows of the database**, as COPY text |`;
const OF_STATISTICS = `| \`${SNAPSHOT}\` | what statistics say of the database: every run makes its rows of them, at any \`--scale\` |`;

function heldText({ redaction }: Inspection, snapshot: Snapshot | undefined): string {
  if (snapshot) return NO_ROWS + (snapshot.redacted ? FAKES_OF_STATISTICS : TEXTS_OF_STATISTICS);
  return redaction ? fakesText(redaction) : ROWS_AS_THEY_ARE;
}

const NO_ROWS = `No row of the database is here. \`${SNAPSHOT}\` has the most common values of its columns,
and some of the others. `;

const FAKES_OF_STATISTICS = `Fakes stand in the places of the texts among them; numbers, dates,
UUIDs, network addresses, enums and the keys of documents are as they were. \`redacted\`
there lists what is in clear. This is no anonymisation.
`;

const TEXTS_OF_STATISTICS = `**Texts among them are those of the database**: keep this folder where
the database itself may be kept. \`snapshot\` without \`--no-redact\` would have replaced them by fakes.
`;

const ROWS_AS_THEY_ARE = `The rows are those of the database: keep this folder where the database itself may
be kept. \`--redact\` would have replaced their texts by fakes.
`;

const fakesText = ({ keptTexts }: Redaction): string => `${
  keptTexts.length > 0
    ? `**Texts of the database are in ${plainText(keptTexts.join(', '))}** (\`--keep-text\`).\n`
    : ''
}Fakes of the same length and frequency stand in the places of ${keptTexts.length > 0 ? 'all other' : 'the'} texts. This is no
anonymisation: numbers, dates, UUIDs, network addresses, enums and the keys of
documents are as they were, and a frequent text can be told by its frequency.
`;
