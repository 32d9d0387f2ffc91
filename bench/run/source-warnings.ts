import { isSameLocale, localeText, UNLIKE_LOCALE } from '../format/locale.ts';
import type { Warning } from '../model/outcome.ts';
import type { Environment } from '../model/run.ts';
import type { Suite } from '../suite/suite.ts';

/** How the databases that are measured are unlike the one that the suite was read from. */
export const unlikeSource = (suite: Suite, environment: Environment): Warning[] => [
  ...otherMajor(suite, environment),
  ...otherLocale(suite, environment),
];

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
