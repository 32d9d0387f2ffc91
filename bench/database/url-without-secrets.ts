/** A URL that may be shown: parameters may hold a password, too. */
export function urlWithoutSecrets(url: string): string {
  const shown = new URL(url);
  shown.password = '';
  shown.search = '';
  return shown.href;
}
