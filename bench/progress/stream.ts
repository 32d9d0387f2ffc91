/** Where progress is shown: a terminal, whose last lines can change, or another stream. */
export type ProgressStream = NodeJS.WritableStream & { isTTY?: boolean; columns?: number; rows?: number };

/** How it may look; only a terminal is ever coloured. */
export interface Look {
  color: boolean;
}

const USUAL_SIZE = { columns: 80, rows: 24 };

/** The width of a terminal; some report 0 when they do not know it. */
export const columnsOf = ({ columns = 0 }: ProgressStream): number => columns || USUAL_SIZE.columns;

const rowsOf = ({ rows = 0 }: ProgressStream): number => rows || USUAL_SIZE.rows;

/** The same stream, with a known size: log-update takes 0 for no room at all. */
export const sized = (stream: ProgressStream): ProgressStream =>
  Object.create(stream, {
    columns: { get: () => columnsOf(stream) },
    rows: { get: () => rowsOf(stream) },
  }) as ProgressStream;
