/** Where progress is shown: a terminal, whose last line can change, or anything else. */
export type ProgressStream = NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
