import { execFile } from 'node:child_process';

/**
 * Fails when npm knows of a vulnerability of high or critical severity in any package, development packages included.
 * Some registries do not answer this question: then it says so and does not fail. `node --import
 * ./scripts/typescript.js scripts/check-advisories.ts`
 */
const SERIOUS = ['high', 'critical'];

/** Packages whose vulnerability is harmless here, each with the reason. */
const EXPLAINED: Readonly<Record<string, string>> = {};

export type Advisories =
  | { state: 'clean' }
  | { state: 'found'; problems: string[] }
  /** `reason`: what the registry sent instead of an answer. */
  | { state: 'not asked'; reason: string };

interface Report {
  message?: string;
  vulnerabilities?: Record<string, { name: string; severity: string; range: string }>;
}

/** @param output of `npm audit --json`, which is an error in the same place where the registry gives no answer */
export function readAdvisories(output: string, explained: Readonly<Record<string, string>>): Advisories {
  const { message, vulnerabilities } = reportIn(output);
  if (vulnerabilities === undefined) return { state: 'not asked', reason: message ?? 'npm gave no report' };
  const problems = Object.values(vulnerabilities)
    .filter(({ name, severity }) => SERIOUS.includes(severity) && !Object.hasOwn(explained, name))
    .map(({ name, severity, range }) => `${name} ${range}: ${severity}; see npm audit`);
  return problems.length > 0 ? { state: 'found', problems } : { state: 'clean' };
}

function reportIn(output: string): Report {
  try {
    return (JSON.parse(output) as Report | null) ?? {};
  } catch {
    return {};
  }
}

/** npm exits with 1 for a vulnerability and for a failure: only its report distinguishes them. */
const audit = (): Promise<string> =>
  new Promise((resolve) => {
    execFile('npm', ['audit', '--json'], { maxBuffer: 1e8 }, (_error, stdout) => {
      resolve(stdout);
    });
  });

function tell(advisories: Advisories): void {
  switch (advisories.state) {
    case 'clean':
      console.log('npm knows of no serious vulnerability in any package.');
      return;
    case 'not asked':
      console.warn(`Vulnerabilities were NOT checked: the registry does not say (${advisories.reason}).`);
      return;
    case 'found':
      for (const problem of advisories.problems) console.error(`vulnerable: ${problem}`);
      process.exitCode = 1;
  }
}

if (process.argv[1] === import.meta.filename) tell(readAdvisories(await audit(), EXPLAINED));
