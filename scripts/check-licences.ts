import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Fails when a package of package-lock.json, for any platform, has a licence that is not listed here. `npm run
 * check:licences`
 */
const ALLOWED: readonly string[] = [
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0'],
  ...['CC0-1.0', 'Unlicense', 'PostgreSQL', 'Python-2.0', 'Zlib', 'Unicode-3.0'],
];

/** Licences of tools that users do not install: they bind only those who change the tools. */
const ALLOWED_FOR_DEVELOPMENT: readonly string[] = [...ALLOWED, 'MPL-2.0', 'CC-BY-4.0', 'CC-BY-3.0'];

export interface LockedPackage {
  license?: string;
  /** Needed for development only. */
  dev?: boolean;
  /** A folder of this project, not a package. */
  link?: boolean;
  /** Stated here where neither the lock file nor an installed package names it. */
  missing?: boolean;
}

/**
 * Whether these licences satisfy an SPDX expression: one side of OR is enough, AND needs both, and a licence WITH an
 * exception is a different licence.
 */
export function isMet(expression: string, allowed: readonly string[]): boolean {
  const tokens = expression.match(/[()]|[^\s()]+/g) ?? [];
  const isNext = (token: string): boolean =>
    tokens[0]?.toUpperCase() === token && tokens.shift() !== undefined;
  const any = (): boolean => {
    let met = all();
    while (isNext('OR')) met = all() || met;
    return met;
  };
  const all = (): boolean => {
    let met = one();
    while (isNext('AND')) met = one() && met;
    return met;
  };
  const one = (): boolean => {
    if (!isNext('(')) {
      const id = tokens.shift() ?? '';
      return allowed.includes(isNext('WITH') ? `${id} WITH ${tokens.shift() ?? ''}` : id);
    }
    const met = any();
    return isNext(')') && met;
  };
  return any() && tokens.length === 0;
}

/** One line for each package with a licence that is not allowed or not known. */
export function licenceProblems(packages: Readonly<Record<string, LockedPackage>>): string[] {
  return Object.entries(packages)
    .filter(([place, { link }]) => place !== '' && !link)
    .filter(([, { license, dev }]) => !isMet(license ?? '', dev ? ALLOWED_FOR_DEVELOPMENT : ALLOWED))
    .map(
      ([place, { license, missing }]) => `${place}: ${license ?? (missing ? NOT_ASKED : 'names no licence')}`,
    );
}

const NOT_ASKED =
  'the lock file names no licence, and the package is not installed; install all of them with "npm ci"';

export interface Manifest {
  license?: unknown;
  licenses?: unknown;
}

/**
 * The current form, or the older forms of an object or a list of choices. The lock file only repeats a text (npm,
 * package-lock.json, "license").
 */
export function namedLicence({ license, licenses }: Manifest): string | undefined {
  const choices = [license ?? licenses ?? []].flat().map(typeOf);
  return choices.length > 0 && choices.every((choice) => choice !== undefined)
    ? choices.join(' OR ')
    : undefined;
}

function typeOf(named: unknown): string | undefined {
  const type: unknown =
    typeof named === 'object' && named !== null ? (named as { type?: unknown }).type : named;
  return typeof type === 'string' ? type : undefined;
}

/**
 * The lock file has most licences; otherwise the installed package may name one.
 *
 * @param root the directory of the lock file
 */
export async function withInstalledLicence(
  [place, locked]: [string, LockedPackage],
  root: string,
): Promise<[string, LockedPackage]> {
  if (locked.license !== undefined || place === '' || locked.link) return [place, locked];
  const text = await readFile(join(root, place, 'package.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return [place, { ...locked, missing: true }];
  const license = namedLicence(JSON.parse(text) as Manifest);
  return [place, license === undefined ? locked : { ...locked, license }];
}

async function check(): Promise<void> {
  const lock = JSON.parse(await readFile('package-lock.json', 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  const packages = await Promise.all(
    Object.entries(lock.packages).map((entry) => withInstalledLicence(entry, '.')),
  );
  const problems = licenceProblems(Object.fromEntries(packages));
  for (const problem of problems) console.error(`licence not allowed: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(`The licences of all ${packages.length - 1} packages are allowed.`);
}

if (process.argv[1] === import.meta.filename) await check();
