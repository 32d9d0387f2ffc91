import { marked } from 'marked';

/** The HTML that a report itself writes. Everything else that begins with "<" comes from data. */
const OWN =
  /<\/?(?:h[1-3]|p|ol|ul|li|table|thead|tbody|tr|details|summary|pre|strong|blockquote)>|<t[hd](?: align="\w+")?>|<\/t[hd]>|<code(?: class="language-\w+")?>|<\/code>|<!-- -->/g;

/** A figure beside the report, with its text alternative. */
const PICTURE = /<img src="(?:[\w.-]+\/)?figures\/[a-z0-9-]+\.svg" alt="[^"<>]*">/g;

/** A report as GitHub renders it, and its live parts that the report did not create. */
export function liveParts(markdown: string): string[] {
  const rendered = htmlOf(markdown);
  const links = rendered.match(/<a href="(?:[\w.-]+\/)?result\.json">result\.json<\/a>/g) ?? [];
  return [
    ...foreignParts(rendered.replace(PICTURE, ''), links),
    ...(links.length === 1 ? [] : [`${links.length} links to result.json`]),
    ...(rendered.match(/<h1>/g)?.length === 1 ? [] : ['not one heading']),
  ];
}

/** The same for a comment: a marker on its first line, and at most one link, to this page. */
export function liveInComment(markdown: string, page: string): string[] {
  const [first = '', ...others] = markdown.split('\n');
  const rendered = htmlOf(others.join('\n'));
  const links = rendered.split(`<a href="${page}">this run</a>`).length - 1;
  return [
    ...foreignParts(rendered, links > 0 ? [`<a href="${page}">this run</a>`] : []),
    ...(/^<!-- index-impact [A-Za-z0-9-]* -->$/.test(first) ? [] : [first]),
    ...(links <= 1 ? [] : [`${links} links`]),
    ...(rendered.match(/<h\d>/g)?.length === 1 ? [] : ['not one heading']),
  ];
}

/** The same for a page without links. */
export const liveInPage = (markdown: string): string[] => foreignParts(htmlOf(markdown), []);

const htmlOf = (markdown: string): string => marked.parse(markdown, { async: false, gfm: true });

function foreignParts(rendered: string, links: readonly string[]): string[] {
  const rest = links.reduce((left, link) => left.replace(link, ''), rendered).replace(OWN, '');
  return [
    ...(rest.match(/<.{0,40}/g) ?? []),
    ...(rendered.match(/<li>\s*<(?:ul|ol|h\d|blockquote|pre|table|hr).{0,40}/g) ?? []),
  ];
}
