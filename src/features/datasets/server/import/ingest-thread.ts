import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FromWorker, Taken, TextTokens, ToWorker } from './import-outcome';
import type { CheckedRow, LooseRow } from './row-check';

/** Made by scripts/build-processes.mjs: `npm start`, the build and the test run take care of it. */
const WORKER_FILE = 'dist/ingest-worker.mjs';
/** A line of 16 MB of JSON takes several hundred megabytes while it is a value. */
const HEAP_MB = 1024;

interface Waiting {
  resolve(message: FromWorker): void;
  reject(error: Error): void;
}

/** One worker thread; it answers questions in the order in which they were asked. */
export class IngestThread {
  private readonly worker: Worker;
  private readonly waiting: Waiting[] = [];
  private failure: Error | null = null;

  constructor() {
    this.worker = new Worker(path.resolve(/* turbopackIgnore: true */ process.cwd(), WORKER_FILE), {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    this.worker.on('message', (message: FromWorker) => this.waiting.shift()?.resolve(message));
    this.worker.on('error', (error) => this.fail(error instanceof Error ? error : new Error(String(error))));
    this.worker.on('exit', (code) => this.fail(new Error(`The ingest worker ended with code ${code}.`)));
  }

  get alive(): boolean {
    return this.failure === null;
  }

  start(target: Omit<Extract<ToWorker, { type: 'start' }>, 'type'>): void {
    this.worker.postMessage({ type: 'start', ...target } satisfies ToWorker);
  }

  /** Gives the chunk's memory away. */
  async push(bytes: Uint8Array<ArrayBuffer>): Promise<Taken> {
    const answer = this.next();
    this.worker.postMessage({ type: 'chunk', bytes } satisfies ToWorker, [bytes.buffer]);
    return expectType(await answer, 'taken');
  }

  async end() {
    const [taken, done] = [this.next(), this.next()];
    done.catch(() => undefined);
    this.worker.postMessage({ type: 'end' } satisfies ToWorker);
    return { taken: expectType(await taken, 'taken'), outcome: expectType(await done, 'done').outcome };
  }

  /** Tokens of each text, and where they end in it. */
  async cut(texts: readonly string[]): Promise<TextTokens[]> {
    const answer = this.next();
    this.worker.postMessage({ type: 'cut', texts } satisfies ToWorker);
    return expectType(await answer, 'pieces').texts;
  }

  /** Checks and measures rows that belong to no file. */
  async check(rows: readonly LooseRow[]): Promise<CheckedRow[]> {
    const answer = this.next();
    this.worker.postMessage({ type: 'check', rows } satisfies ToWorker);
    return expectType(await answer, 'checked').rows;
  }

  /** While nothing is asked of it the thread must not keep the process alive. */
  rest(): void {
    this.worker.unref();
  }

  wake(): void {
    this.worker.ref();
  }

  /** Ends it wherever it is, in the middle of a line too. Whoever waits for an answer gets the reason. */
  async stop(reason = new Error('The ingest worker was stopped.')): Promise<void> {
    this.fail(reason);
    await this.worker.terminate();
  }

  private next(): Promise<FromWorker> {
    if (this.failure) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { reject } of this.waiting.splice(0)) reject(this.failure);
  }
}

function expectType<T extends FromWorker['type']>(message: FromWorker, type: T): Extract<FromWorker, { type: T }> {
  if (message.type !== type) throw new Error(`The ingest worker answered "${message.type}" instead of "${type}".`);
  return message as Extract<FromWorker, { type: T }>;
}
