import type { LeftOut } from '../../model/source.ts';
import { FROM_REBUILT, INTO_REBUILT, NO_OTHER_SERVER, NOWHERE, ON_COMMANDS } from '../schema/left-out.ts';

/** A regular expression: a name in SQL, quoted or not. */
export const NAME = String.raw`(?:"(?:[^"]|"")*"|[^\s";]+)`;

/** What acts for a superuser, or reaches beyond the database. A restored dump does without it. */
const LEFT_OUT: readonly { kind: string; words: string; reason: string }[] = [
  { kind: 'event trigger', words: 'EVENT\\s+TRIGGER', reason: ON_COMMANDS },
  { kind: 'publication', words: 'PUBLICATION', reason: FROM_REBUILT },
  { kind: 'subscription', words: 'SUBSCRIPTION', reason: INTO_REBUILT },
  { kind: 'foreign-data wrapper', words: 'FOREIGN\\s+DATA\\s+WRAPPER', reason: NO_OTHER_SERVER },
  {
    kind: 'procedural language',
    words: '(?:OR\\s+REPLACE\\s+)?(?:TRUSTED\\s+|PROCEDURAL\\s+)*LANGUAGE',
    reason: 'only one of an extension is carried over',
  },
];

/** The object that a statement makes, where it is left out. */
export function leftOutBy(sql: string): LeftOut | undefined {
  for (const { kind, words, reason } of LEFT_OUT) {
    const [, name] = new RegExp(String.raw`^CREATE\s+${words}\s+(${NAME})`, 'i').exec(sql) ?? [];
    if (name !== undefined) return { object: `${kind} ${name}`, reason };
  }
  return undefined;
}

/** A foreign server under the name of the dump's, which no foreign table reads rows of: its wrapper has no handler. */
export function unreachableServer(sql: string): string {
  const [, name] = SERVER.exec(sql) ?? [];
  return name === undefined ? sql : `CREATE SERVER ${name} FOREIGN DATA WRAPPER ${NOWHERE}`;
}

export const isServer = (sql: string): boolean => SERVER.test(sql);

const SERVER = new RegExp(String.raw`^CREATE\s+SERVER\s+(?:IF\s+NOT\s+EXISTS\s+)?(${NAME})\s`, 'i');
