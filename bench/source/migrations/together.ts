import { statementsOf, type SqlFile } from '../../database/sql-file.ts';
import { isOneTransaction } from '../../database/transaction-rules.ts';
import { plainText } from '../../format/plain-text.ts';
import type { Migration } from './migration.ts';

/**
 * Several migrations as one candidate, which begins and ends the transactions of each. It can be taken back where each of them
 * can, the last first.
 *
 * @param migrations one at least, in the order of their tool
 */
export async function together(migrations: readonly [Migration, ...Migration[]]): Promise<Migration> {
  const [first, ...others] = migrations;
  if (others.length === 0) return first;
  const downs = migrations.toReversed().flatMap(({ down }) => down ?? []);
  return {
    name: `${first.name} and ${others.length} more`,
    up: await oneFile(migrations.map(({ up }) => up)),
    ...(downs.length === migrations.length && { down: await oneFile(downs) }),
  };
}

async function oneFile(files: readonly SqlFile[]): Promise<SqlFile> {
  const texts = await Promise.all(files.map(inItsTransactions));
  return { path: files.map(({ path }) => path).join(', '), text: texts.join('\n'), transaction: 'none' };
}

async function inItsTransactions(file: SqlFile): Promise<string> {
  const text = `-- ${plainText(file.path)}\n${file.text.replace(/^\n+/, '').trimEnd()}\n;\n`;
  return isOneTransaction(file.transaction, await statementsOf(file)) ? `BEGIN;\n${text}COMMIT;\n` : text;
}
