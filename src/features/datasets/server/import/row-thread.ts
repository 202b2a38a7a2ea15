import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { processState } from '@/platform/process/process-state';
import { Lender } from './lender';
import type { CheckedRow, LooseRow } from './row-check';

/** To the thread. Each order is answered, in the order in which they come. */
export type ToRowThread = { type: 'cut'; texts: readonly string[] } | { type: 'check'; rows: readonly LooseRow[] };

/** Tokens of a text, and where they end in it. */
export interface TextTokens {
  tokens: number;
  ends: number[];
}

export type FromRowThread = { type: 'pieces'; texts: TextTokens[] } | { type: 'checked'; rows: CheckedRow[] };

/** Made by scripts/build-processes.mjs: `npm start`, the build and the test run take care of it. */
const WORKER_FILE = 'dist/row-worker.mjs';
/** A row of 16 MB of JSON takes several hundred megabytes while it is a value. */
const HEAP_MB = 1024;
const MAX_THREADS = 2;

interface Waiting {
  resolve(message: FromRowThread): void;
  reject(error: Error): void;
}

/** One worker thread; it answers questions in the order in which they were asked. */
class RowThread {
  private readonly worker: Worker;
  private readonly waiting: Waiting[] = [];
  private failure: Error | null = null;

  constructor() {
    this.worker = new Worker(path.resolve(/* turbopackIgnore: true */ process.cwd(), WORKER_FILE), {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    this.worker.on('message', (message: FromRowThread) => this.waiting.shift()?.resolve(message));
    this.worker.on('error', (error) => this.fail(error instanceof Error ? error : new Error(String(error))));
    this.worker.on('exit', (code) => this.fail(new Error(`The worker for rows ended with code ${code}.`)));
  }

  get alive(): boolean {
    return this.failure === null;
  }

  /** Tokens of each text, and where they end in it. */
  async cut(texts: readonly string[]): Promise<TextTokens[]> {
    return expectType(await this.ask({ type: 'cut', texts }), 'pieces').texts;
  }

  /** Checks and measures rows that belong to no file. */
  async check(rows: readonly LooseRow[]): Promise<CheckedRow[]> {
    return expectType(await this.ask({ type: 'check', rows }), 'checked').rows;
  }

  rest(): void {
    this.worker.unref();
  }

  wake(): void {
    this.worker.ref();
  }

  /** Whoever waits for an answer gets the reason. */
  async stop(reason = new Error('The worker for rows was stopped.')): Promise<void> {
    this.fail(reason);
    await this.worker.terminate();
  }

  private ask(order: ToRowThread): Promise<FromRowThread> {
    if (this.failure) return Promise.reject(this.failure);
    const answer = new Promise<FromRowThread>((resolve, reject) => this.waiting.push({ resolve, reject }));
    this.worker.postMessage(order);
    return answer;
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { reject } of this.waiting.splice(0)) reject(this.failure);
  }
}

function expectType<T extends FromRowThread['type']>(message: FromRowThread, type: T) {
  if (message.type !== type) throw new Error(`The worker for rows answered ${message.type} instead of ${type}.`);
  return message as Extract<FromRowThread, { type: T }>;
}

const shared = processState<{ rows?: Lender<RowThread> }>();

/** Lends a thread to `work`; further callers wait for their turn. When the signal fires, or work fails, the thread is ended. */
export function withRowThread<T>(signal: AbortSignal, work: (thread: RowThread) => Promise<T>): Promise<T> {
  shared.rows ??= new Lender(() => new RowThread(), MAX_THREADS);
  return shared.rows.lend(signal, work);
}
