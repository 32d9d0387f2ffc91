import { marked } from 'marked';

/** What a report itself is made of, as HTML. Everything else that begins with "<" has come from data. */
const OWN =
  /<\/?(?:h[1-3]|p|ol|ul|li|table|thead|tbody|tr|details|summary|pre|strong|blockquote)>|<t[hd](?: align="\w+")?>|<\/t[hd]>|<code(?: class="language-\w+")?>|<\/code>|<!-- -->/g;

/** What GitHub's rules make of a report, and what in that is alive although the report did not put it there. */
export function liveParts(markdown: string): string[] {
  const rendered = marked.parse(markdown, { async: false, gfm: true });
  const links = rendered.match(/<a href="(?:[\w.-]+\/)?result\.json">result\.json<\/a>/g) ?? [];
  const rest = links.reduce((left, link) => left.replace(link, ''), rendered).replace(OWN, '');
  return [
    ...(rest.match(/<.{0,40}/g) ?? []),
    ...(rendered.match(/<li>\s*<(?:ul|ol|h\d|blockquote|pre|table|hr).{0,40}/g) ?? []),
    ...(links.length === 1 ? [] : [`${links.length} links to result.json`]),
    ...(rendered.match(/<h1>/g)?.length === 1 ? [] : ['not one heading']),
  ];
}
