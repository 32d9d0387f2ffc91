import { plainText } from '../format/plain-text.ts';
import { percentText } from '../format/quantity.ts';
import type { SourceFacts } from '../model/source.ts';
import type { FolderContent } from './folder-content.ts';
import { AFTER_ROWS, BEFORE_ROWS, CANDIDATE, ROWS, SUITE } from './suite-files.ts';

/** What a folder holds, and how it is run. */
export const readmeText = (
  { name, candidate, inspection }: FolderContent,
  facts: SourceFacts,
): string => `# ${name}

A suite for index-impact: what \`${candidate}\` does to ${plainText(inspection.touched.join(', '))}. It was read from a PostgreSQL
${facts.postgresVersion} at ${facts.readAt}, and has ${facts.statements.replayed} of ${facts.statements.observed} statements,
${percentText(facts.statements.share)} of their execution time.

    npx index-impact run --suite .
    npx index-impact nightly --suite . --history history

| file | what it is |
|---|---|
| \`${SUITE}\` | the tables and the statements, each with where its values come from: edit it |
| \`${BEFORE_ROWS}\` | the schema without its indexes and constraints |
| \`${AFTER_ROWS}\` | indexes, constraints and triggers, made when the rows are loaded |
| \`${CANDIDATE}\` | the migration |
| \`${ROWS}/\` | **rows of the database**, as COPY text: keep them where the database itself may be kept |

\`key\` and \`targets\` are queries on the copied rows: they pick the values that a
statement is run with.
`;
