import { shortened } from '../../../format/plain-text.ts';

/** How the body of every comment begins. */
export const COMMENT_BEGINNING = /^<!-- index-impact /;

/** The invisible first line of a comment: a workflow finds its earlier comment about the same by it, and updates that. */
export const commentMarker = (topic: string): string =>
  `<!-- index-impact ${shortened(topic, 100).replace(/[^A-Za-z0-9]+/g, '-')} -->`;
