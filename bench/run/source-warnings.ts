import { countedOver, SHORT_HOURS } from '../format/counted-over.ts';
import { counted, percentText } from '../format/quantity.ts';
import { sharesText } from '../format/shares-text.ts';
import { isSameLocale, localeText, UNLIKE_LOCALE } from '../format/locale.ts';
import type { Warning } from '../model/outcome.ts';
import type { Environment } from '../model/run.ts';
import type { Suite } from '../suite/suite.ts';

/** How what is measured is unlike the database that the suite was read from. */
export const sourceWarnings = (suite: Suite, environment: Environment): Warning[] => [
  ...fewStatements(suite),
  ...shortlyCounted(suite),
  ...otherMajor(suite, environment),
  ...otherLocale(suite, environment),
];

/** Of the statements' time or weight. */
const MOST_LEFT_OUT = 0.1;

function fewStatements({ source }: Suite): Warning[] {
  if (!source || source.statements.share >= 1 - MOST_LEFT_OUT) return [];
  const { replayed, observed, share } = source.statements;
  return [
    {
      code: 'few-statements',
      cause: `${replayed} of ${counted(observed, 'statement')} are measured, ${percentText(share)} of the ${sharesText(source.statements)}: the verdict is about these alone`,
      remedy: 'look at "Left out of the source" in the report; --queries takes others',
    },
  ];
}

function shortlyCounted({ source }: Suite): Warning[] {
  const hours = source?.statements.countedHours;
  if (hours === undefined || hours >= SHORT_HOURS) return [];
  return [
    {
      code: 'shortly-counted',
      cause: `the weights are calls per hour, and ${countedOver(hours)}`,
      remedy: 'read the source again when its statistics are of hours, or give weights with --queries',
    },
  ];
}

/** Another major may plan otherwise. */
function otherMajor({ source }: Suite, { postgresVersion }: Environment): Warning[] {
  const [read, measured] = [source?.postgresVersion, postgresVersion].map(
    (version) => version?.split('.')[0],
  );
  if (read === undefined || read === measured) return [];
  return [
    {
      code: 'other-major',
      cause: `the source is PostgreSQL ${read}, and this was measured on ${measured}: plans and costs may be others there`,
      remedy: `measure on ${read} with --pg ${read}`,
    },
  ];
}

/** An order of the bytes serves LIKE with a prefix, and that of a language does not. */
function otherLocale({ locale: wanted }: Suite, { locale: measured }: Environment): Warning[] {
  if (!wanted || !measured || isSameLocale(wanted, measured)) return [];
  return [
    {
      code: 'other-locale',
      cause: `the suite has its text in ${localeText(wanted)}, and this was measured in ${localeText(measured)}: ${UNLIKE_LOCALE}`,
      remedy: 'install that locale where the server runs, or measure on a server that has it',
    },
  ];
}
