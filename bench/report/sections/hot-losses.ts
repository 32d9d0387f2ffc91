import { inSentence } from '../../format/plain-text.ts';
import { hotText } from '../../format/quantity.ts';
import type { IndexHotLoss, MeasuredAccount } from '../../model/ledger.ts';

/** "UPDATE leads.updated_at 90.8 % -> 0.0 %, shared", for each write that loses HOT through the index. */
export const hotLostCell = ({ hotLost = [] }: MeasuredAccount): string => hotLost.map(lossText).join('; ');

const lossText = (loss: IndexHotLoss): string =>
  `${inSentence(loss.title)} ${hotText(loss)}${loss.isShared ? ', shared' : ''}`;

/** The same for a screen, whose table has no room for it. */
export const hotRemarks = (accounts: readonly MeasuredAccount[]): string[] =>
  accounts
    .filter(({ hotLost = [] }) => hotLost.length > 0)
    .map((account) => `HOT lost through ${account.name} alone: ${hotLostCell(account)}`);

export const HOT_LOST_REMARK =
  'HOT lost: share of updates that change no index, without any index of the candidate -> with this one alone; shared: others prevent it, too';
