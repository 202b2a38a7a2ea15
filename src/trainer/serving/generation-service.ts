import { Worker } from 'node:worker_threads';
import { entryPoint, workerOptions } from '../entry-points';
import { ApiError, badRequest } from '../http/api-error';
import { log } from '../log';
import type {
  FromGenerator,
  GenerationEnd,
  GenerationRequest,
  GenerationSetup,
  ToGenerator,
} from './generation-messages';

interface Listener {
  readonly onText: (text: string) => void;
  readonly resolve: (end: GenerationEnd) => void;
  readonly reject: (error: Error) => void;
}

/** More open replies than this are refused with 429. */
const MAX_OPEN = 64;

/** The server's side of the generating thread; a thread that dies is replaced at the next request. */
export class GenerationService {
  private worker: Worker | null = null;
  private readonly listeners = new Map<number, Listener>();
  private lastId = 0;

  constructor(private readonly setup: GenerationSetup) {}

  /**
   * Generates a reply, telling its text as it comes. Throws an `ApiError`: 400 when the messages do not fit, 429 when
   * too many replies are open, 500 when the model cannot be read, and whatever `signal` was aborted with.
   */
  async generate(
    request: GenerationRequest,
    onText: (text: string) => void,
    signal: AbortSignal,
  ): Promise<GenerationEnd> {
    signal.throwIfAborted();
    if (this.listeners.size >= MAX_OPEN)
      throw new ApiError(429, 'Too many replies at once. Try again.', 'rate_limit_exceeded');
    this.lastId++;
    const id = this.lastId;
    const { promise, resolve, reject } = deferred<GenerationEnd>();
    const abort = () => {
      this.tell({ kind: 'abort', id });
      reject(new ApiError(400, 'The request was aborted.', 'aborted'));
    };
    this.listeners.set(id, { onText, resolve, reject });
    signal.addEventListener('abort', abort, { once: true });
    this.tell({ kind: 'start', id, request });
    try {
      return await promise;
    } finally {
      this.listeners.delete(id);
      signal.removeEventListener('abort', abort);
    }
  }

  async stop(): Promise<void> {
    await this.worker?.terminate();
  }

  private tell(message: ToGenerator): void {
    this.worker ??= this.startWorker();
    this.worker.postMessage(message);
  }

  private startWorker(): Worker {
    const worker = new Worker(entryPoint('generate-worker'), workerOptions(this.setup));
    worker.on('message', (message: FromGenerator) => this.heard(message));
    worker.on('error', (error) => log('error', 'generating thread died', { error: String(error) }));
    worker.on('exit', () => {
      this.worker = null;
      for (const { reject } of this.listeners.values())
        reject(new ApiError(500, 'The generating thread ended. Try again.'));
    });
    return worker;
  }

  private heard(message: FromGenerator): void {
    const listener = this.listeners.get(message.id);
    if (!listener) return;
    if (message.kind === 'text') listener.onText(message.text);
    else if (message.kind === 'end') listener.resolve(message.end);
    else if (message.kind === 'refused') {
      listener.reject(badRequest(message.message, 'messages', 'context_length_exceeded'));
    } else {
      log('error', 'generation failed', { error: message.message });
      listener.reject(new ApiError(500, 'The model could not be run. The trainer log has the reason.'));
    }
  }
}

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
