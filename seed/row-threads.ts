import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { TablesElsewhere } from '../bench/model/dataset.ts';
import { RunError } from '../bench/model/errors.ts';
import type { Chunk, MakeChunk } from './chunks.ts';

/** What a thread has to know to make the rows. */
export interface ThreadFacts {
  tablesFrom: TablesElsewhere;
  scale: number;
  seed: number;
}

export interface ChunkRequest {
  id: number;
  table: string;
  ordinal: number;
}

/** An error keeps its texts only on the way between threads. */
export interface ThreadFailure {
  message: string;
  detail?: string | undefined;
  remedy?: string | undefined;
  isRunError: boolean;
}

export type ChunkReply = { id: number } & ({ chunk: Chunk } | { failure: ThreadFailure });

/** Runs `use` with so many threads that make chunks, each taking every so many of them. They are ended afterwards. */
export async function withRowThreads<T>(
  count: number,
  facts: ThreadFacts,
  use: (make: MakeChunk) => Promise<T>,
): Promise<T> {
  const threads = Array.from({ length: count }, () => new RowThread(facts));
  try {
    return await use((table, ordinal) => leastBusy(threads).make(table, ordinal));
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

const leastBusy = (threads: readonly RowThread[]): RowThread =>
  threads.reduce((least, thread) => (thread.waiting < least.waiting ? thread : least));

interface Settle {
  made: (chunk: Chunk) => void;
  failed: (error: Error) => void;
}

class RowThread {
  readonly #worker: Worker;
  readonly #asked = new Map<number, Settle>();
  #next = 0;
  #over: Error | undefined;

  constructor(facts: ThreadFacts) {
    // Beside this file, compiled or not.
    const entry = new URL(`row-thread${extname(import.meta.url)}`, import.meta.url);
    this.#worker = new Worker(entry, { workerData: facts });
    this.#worker.on('message', (reply: ChunkReply) => {
      this.#settle(reply);
    });
    this.#worker.on('error', (error) => {
      this.#fail(new RunError(`The rows cannot be made: ${error.message}`, { cause: error }));
    });
    this.#worker.on('exit', () => {
      this.#fail(new RunError('The rows cannot be made: a thread that makes them was ended'));
    });
  }

  /** Chunks that it still has to make. */
  get waiting(): number {
    return this.#asked.size;
  }

  make(table: string, ordinal: number): Promise<Chunk> {
    if (this.#over) return Promise.reject(this.#over);
    const request: ChunkRequest = { id: this.#next++, table, ordinal };
    return new Promise((made, failed) => {
      this.#asked.set(request.id, { made, failed });
      this.#worker.postMessage(request);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #settle(reply: ChunkReply): void {
    const settle = this.#asked.get(reply.id);
    this.#asked.delete(reply.id);
    if ('chunk' in reply) settle?.made(reply.chunk);
    else settle?.failed(errorOf(reply.failure));
  }

  #fail(error: Error): void {
    this.#over ??= error;
    for (const { failed } of this.#asked.values()) failed(this.#over);
    this.#asked.clear();
  }
}

function errorOf({ message, detail, remedy, isRunError }: ThreadFailure): Error {
  if (!isRunError) return new Error(message);
  return new RunError(message, { ...(detail && { detail }), ...(remedy && { remedy }) });
}
