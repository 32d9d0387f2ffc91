import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

/** The names that Debian, other distributions and the browsers' makers use. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A new profile without background services. Root has no sandbox. */
const ARGUMENTS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
];

/**
 * The browser of this machine.
 *
 * @throws Error when there is none although REQUIRE_BROWSER asks for one
 */
export async function findBrowser(): Promise<string | undefined> {
  const places = (process.env.PATH ?? '').split(delimiter).filter((place) => place !== '');
  for (const path of NAMES.flatMap((name) => places.map((place) => join(place, name)))) {
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  if (process.env.REQUIRE_BROWSER) throw new Error('REQUIRE_BROWSER is set, and there is no Chromium');
  return undefined;
}

export const startBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: ARGUMENTS, headless: true });
