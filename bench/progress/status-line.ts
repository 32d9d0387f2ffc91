import { createLogUpdate } from 'log-update';
import pc from 'picocolors';
import { cut, fullestThatFits } from './fit.ts';
import { phaseLine } from './line.ts';
import type { Look, ProgressStream } from './stream.ts';

/** Often enough for a clock that shows tenths to look alive, seldom enough to cost a measurement nothing. */
const TICK_MS = 500;

/** Where a terminal does not say how wide it is; some report 0. */
const USUAL_COLUMNS = 80;

/** The last line of a terminal, which changes while a phase runs; lines that are kept go above it. */
export class StatusLine {
  readonly #stream: ProgressStream;
  readonly #update: ReturnType<typeof createLogUpdate>;
  readonly #paint: (line: string) => string;
  readonly #ticking: NodeJS.Timeout;
  #phase: { name: string; start: number } | undefined;
  #status: readonly string[] = [''];

  constructor(stream: ProgressStream, { color }: Look) {
    this.#stream = stream;
    this.#update = createLogUpdate(stream, { showCursor: true });
    this.#paint = painter(color);
    this.#ticking = setInterval(() => {
      this.#draw();
    }, TICK_MS).unref();
  }

  begin(name: string): void {
    this.#phase = { name, start: performance.now() };
    this.#status = [''];
    this.#draw();
  }

  /** Shown with the next tick: whoever measures must not wait for a terminal. */
  set status(ways: readonly string[]) {
    this.#status = ways;
  }

  end(): void {
    this.#phase = undefined;
  }

  keep(line: string): void {
    this.#update.clear();
    this.#stream.write(`${this.#paint(cut(line.trimEnd(), this.#width()))}\n`);
    this.#draw();
  }

  /** Leaves a phase that has not ended on the screen, and nothing else. */
  stop(): void {
    clearInterval(this.#ticking);
    const [unfinished] = this.#lines('stopped');
    this.end();
    if (unfinished === undefined) this.#update.clear();
    else this.keep(unfinished);
  }

  #draw(): void {
    if (this.#phase) this.#update(this.#paint(fullestThatFits(this.#lines('running'), this.#width())));
  }

  #lines(mark: 'running' | 'stopped'): string[] {
    if (!this.#phase) return [];
    const { name, start } = this.#phase;
    const seconds = (performance.now() - start) / 1000;
    return this.#status.map((detail) => phaseLine(mark, name, seconds, detail));
  }

  /** The last column stays free, so that no terminal wraps. */
  #width(): number {
    const { columns = 0 } = this.#stream;
    return (columns > 0 ? columns : USUAL_COLUMNS) - 1;
  }
}

/** Colours a line's mark, after the line has got its length. */
function painter(color: boolean): (line: string) => string {
  const { green, cyan, yellow } = pc.createColors(color);
  const tints: Readonly<Record<string, (text: string) => string>> = { ok: green, '..': cyan, '--': yellow };
  return (line) =>
    line.replace(/^ {2}(ok|\.\.|--)(?= )/, (_, mark: string) => `  ${tints[mark]?.(mark) ?? mark}`);
}
