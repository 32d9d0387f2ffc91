/** Where progress is shown: a terminal, whose last line can change, or anything else. */
export type ProgressStream = NodeJS.WritableStream & { isTTY?: boolean; columns?: number };

/** How it may look; nothing but a terminal is ever coloured. */
export interface Look {
  color: boolean;
}
