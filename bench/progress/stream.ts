/** Where progress is shown: a terminal, whose last line can change, or anything else. */
export type ProgressStream = NodeJS.WritableStream & { isTTY?: boolean; columns?: number; rows?: number };

/** How it may look; nothing but a terminal is ever coloured. */
export interface Look {
  color: boolean;
}

const USUAL_SIZE = { columns: 80, rows: 24 };

/** How wide a terminal is; some say 0, and mean that they do not know. */
export const columnsOf = ({ columns = 0 }: ProgressStream): number => columns || USUAL_SIZE.columns;

const rowsOf = ({ rows = 0 }: ProgressStream): number => rows || USUAL_SIZE.rows;

/** The same stream, which always knows how large it is: what draws on it takes 0 for no room at all. */
export const sized = (stream: ProgressStream): ProgressStream =>
  Object.create(stream, {
    columns: { get: () => columnsOf(stream) },
    rows: { get: () => rowsOf(stream) },
  }) as ProgressStream;
