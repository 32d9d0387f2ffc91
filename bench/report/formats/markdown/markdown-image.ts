import { shortened } from '../../../format/plain-text.ts';
import type { Figure } from '../../figures/figure.ts';
import { text } from './markdown-text.ts';

/** What is longer is no alternative to a picture any more. */
const ALTERNATIVE = 2_000;

/** A picture in a folder, with what it says in words. */
export const image = ({ name, alternative }: Figure, folder: string): string =>
  `![${text(shortened(alternative, ALTERNATIVE))}](${folder}${name}.svg)`;
