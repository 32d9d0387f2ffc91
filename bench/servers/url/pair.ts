import type { FlagReader } from '../../flags/flag-reader.ts';
import { nameOf, replayed } from '../../flags/flag.ts';
import { urlWithoutSecrets } from '../../format/plain-text.ts';
import type { ServerOptions, ServerRequest } from '../target.ts';
import { readPlace, url, visitTo } from './index.ts';
import { after, asTheyAre, before, type ServerUrls } from './pair-flags.ts';

/**
 * The two servers of a run, on each of which it is a guest; undefined where none is named. One without the other is a problem,
 * and so are two that are the same as far as their URLs tell.
 */
export function chosenPair(read: FlagReader): ServerRequest | undefined {
  const given = [before, after].filter((flag) => read.isGiven(flag));
  const [only] = given;
  if (!only) {
    if (read.isGiven(asTheyAre))
      read.problem(asTheyAre, 'needs --before and --after, which name the databases');
    return undefined;
  }
  const other = only === before ? after : before;
  if (given.length === 1) read.problem(only, `needs --${nameOf(other)}, which names the other server`);
  const urls = {
    before: read.value(before) ?? '',
    after: read.value(after) ?? '',
    asTheyAre: read.isGiven(asTheyAre),
  };
  if (given.length === 2 && read.isAccepted(before) && read.isAccepted(after) && isSamePlace(urls))
    read.problem(
      after,
      `leads to the same ${urls.asTheyAre ? 'database' : 'server'} as --before; name another one`,
    );
  return requestTo(urls, read);
}

function requestTo(urls: ServerUrls, read: FlagReader): ServerRequest {
  const opened = { before: guestOn(urls.before, urls, read), after: guestOn(urls.after, urls, read) };
  return {
    target: url.name,
    asTheyAre: urls.asTheyAre,
    get flags() {
      return replayed([before, after, asTheyAre], {
        ...urls,
        before: urlWithoutSecrets(urls.before),
        after: urlWithoutSecrets(urls.after),
      });
    },
    open: async (options, use) => {
      const { refuseUnlessTwo } = await import('./refuse-unless-two.ts');
      await refuseUnlessTwo(urls, options.signal);
      return opened.before(options, (server) =>
        opened.after(options, (otherServer) => use(server, otherServer)),
      );
    },
  };
}

/** Without a host it is a socket, which a parameter names. One server may have both databases. */
function isSamePlace({ before: one, after: other, ...urls }: ServerUrls): boolean {
  const [there, here] = [new URL(one), new URL(other)];
  const isSameDatabase = there.pathname === here.pathname;
  return there.host !== '' && there.host === here.host && (isSameDatabase || !urls.asTheyAre);
}

/** Says of which server the concerns are. */
function guestOn(address: string, urls: ServerUrls, read: FlagReader): ServerRequest['open'] {
  const { open } = (urls.asTheyAre ? readPlace : url).request(visitTo(address, read));
  return (options, use) => {
    const { host } = new URL(address);
    const confirm: ServerOptions['confirm'] = ({ concerns, ...preview }) =>
      options.confirm({ ...preview, concerns: concerns.map((concern) => `on ${host} ${concern}`) });
    return open({ ...options, confirm }, use);
  };
}
