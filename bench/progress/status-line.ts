import { createLogUpdate } from 'log-update';
import pc from 'picocolors';
import { cut, phaseLine } from './line.ts';
import { columnsOf, sized, type Look, type ProgressStream } from './stream.ts';

/** Often enough for a clock that shows tenths, seldom enough not to disturb a measurement. */
const TICK_MS = 500;

/** The text while a phase runs. `below` gets the number of columns it may take. */
export interface Status {
  beside: string;
  below: (width: number) => string;
}

const NOTHING: Status = { beside: '', below: () => '' };

/** The last lines of a terminal, which change while a phase runs. Permanent lines go above them. */
export class StatusLine {
  readonly #stream: ProgressStream;
  readonly #update: ReturnType<typeof createLogUpdate>;
  readonly #paint: (line: string) => string;
  readonly #ticking: NodeJS.Timeout;
  #phase: { name: string; start: number } | undefined;
  #status = NOTHING;

  constructor(stream: ProgressStream, { color }: Look) {
    this.#stream = stream;
    this.#update = createLogUpdate(sized(stream), { showCursor: true });
    this.#paint = painter(color);
    this.#ticking = setInterval(() => {
      this.#draw();
    }, TICK_MS).unref();
  }

  begin(name: string): void {
    this.#phase = { name, start: performance.now() };
    this.#status = NOTHING;
    this.#draw();
  }

  /** Shown at the next tick: a measurement must not wait for a terminal. */
  set status(status: Status) {
    this.#status = status;
  }

  end(): void {
    this.#phase = undefined;
  }

  keep(line: string): void {
    this.#update.clear();
    this.#stream.write(`${this.#paint(cut(line.trimEnd(), this.#width()))}\n`);
    this.#draw();
  }

  /** Leaves the line of an unfinished phase on the screen, and nothing else. */
  stop(): void {
    clearInterval(this.#ticking);
    const unfinished = this.#lines('stopped');
    this.end();
    this.#update.clear();
    for (const line of unfinished) this.keep(line);
  }

  #draw(): void {
    if (this.#phase) this.#update(this.#paint(this.#lines('running').join('\n')));
  }

  #lines(mark: 'running' | 'stopped'): string[] {
    if (!this.#phase) return [];
    const { name, start } = this.#phase;
    const seconds = (performance.now() - start) / 1000;
    const { beside, below } = this.#status;
    const head = cut(phaseLine(mark, name, seconds, beside), this.#width());
    return [head, below(this.#width())].filter((line) => line !== '');
  }

  /** The last column stays free: a terminal would wrap. */
  #width(): number {
    return columnsOf(this.#stream) - 1;
  }
}

/** Colours a line's mark after the line has been cut to length. */
function painter(color: boolean): (line: string) => string {
  const { green, cyan, yellow } = pc.createColors(color);
  const tints: Readonly<Record<string, (text: string) => string>> = { ok: green, '..': cyan, '--': yellow };
  return (line) =>
    line.replace(/^ {2}(ok|\.\.|--)(?= )/, (_, mark: string) => `  ${tints[mark]?.(mark) ?? mark}`);
}
