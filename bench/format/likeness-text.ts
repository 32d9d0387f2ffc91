import type { Likeness } from '../model/likeness.ts';
import { counted } from './quantity.ts';

/** `155 of 156 columns and 12 of 12 foreign keys are alike; of 9 statements 7 are planned as in the source` */
export function likenessText({ columns, fanOuts, statements, unplanned }: Likeness): string {
  const planned = statements.filter(({ isSame }) => isSame).length;
  const all = counted(statements.length + unplanned.length, 'statement');
  return [
    `${alike(columns, 'column')}${fanOuts.length > 0 ? ` and ${alike(fanOuts, 'foreign key')}` : ''} are alike`,
    `of ${all} ${planned} ${planned === 1 ? 'is' : 'are'} planned as in the source${unplanned.length > 0 ? `, and of ${unplanned.length} that is not known` : ''}`,
  ].join('; ');
}

const alike = (parts: readonly { isWithin: boolean }[], noun: string): string =>
  `${parts.filter(({ isWithin }) => isWithin).length} of ${counted(parts.length, noun)}`;
