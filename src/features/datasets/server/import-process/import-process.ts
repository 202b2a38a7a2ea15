import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { fileNotFound } from '@/integrations/storage/storage-errors';
import { processState } from '@/platform/process/process-state';
import { Lender } from '../import/lender';
import { UnreadableFile } from '../import/source-file';
import type { FromProcess, ImportEnd, ImportFailure, ImportOrder, ImportReport, ImportStep } from './messages';

/** Made by scripts/build-processes.mjs: `npm start`, the build and the test run take care of it. */
const PROGRAM = 'dist/import-process.mjs';
/** A line of 16 MB of JSON takes several hundred megabytes while it is a value. */
const HEAP_MB = 1024;
/** Of the young generation: half of it makes a tenth more work, twice as much saves none. */
const SEMI_SPACE_MB = 16;
/** More than the machine has cores would only take turns; the rest of the app wants some of them too. */
const MAX_PROCESSES = 2;

type OnStep = (step: ImportStep) => void;

/**
 * A process that reads files into the database. It has its own memory, so a large file does not weigh on the web server and
 * leaves nothing behind in it, and it can be ended wherever it is, in the middle of a line too.
 */
class ImportProcess {
  private readonly child: ChildProcess;
  private failure: Error | null = null;
  private onFailure: ((error: Error) => void) | null = null;

  constructor() {
    this.child = fork(path.resolve(/* turbopackIgnore: true */ process.cwd(), PROGRAM), [], {
      execArgv: [`--max-old-space-size=${HEAP_MB}`, `--max-semi-space-size=${SEMI_SPACE_MB}`],
      serialization: 'advanced',
    });
    this.child.on('error', (error) => this.fail(error));
    this.child.on('exit', (code, signal) => this.fail(new Error(`The import process ended (${signal ?? code}).`)));
  }

  get alive(): boolean {
    return this.failure === null;
  }

  /** @throws Error when the process ends before the file does */
  run(order: ImportOrder, onStep: OnStep): Promise<ImportEnd> {
    const { child, failure } = this;
    if (failure) return Promise.reject(failure);
    return new Promise<ImportEnd>((resolve, reject) => {
      this.onFailure = reject;
      child.on('message', (message: FromProcess) => {
        if (message.type === 'progress') onStep(message.step);
        else resolve(message);
      });
      child.send(order, (error) => error && this.fail(error));
    }).finally(() => {
      this.onFailure = null;
      child.removeAllListeners('message');
    });
  }

  /** While nothing is asked of it, it must not keep this process alive. */
  rest(): void {
    this.child.unref();
    this.child.channel?.unref();
  }

  wake(): void {
    this.child.ref();
    this.child.channel?.ref();
  }

  /** Ends it at once. Its open transaction ends with its connection. */
  async stop(reason = new Error('The import process was stopped.')): Promise<void> {
    this.fail(reason);
    this.child.kill('SIGKILL');
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.onFailure?.(this.failure);
  }
}

function errorOf(failure: ImportFailure): Error {
  if (failure.type === 'unreadable') return new UnreadableFile(failure.refusal);
  if (failure.type === 'missing') return fileNotFound();
  return new Error(`The import failed: ${failure.message}`);
}

const shared = processState<{ imports?: Lender<ImportProcess> }>();

/**
 * Has a process read a file, when it is this import's turn: `order` is asked for then. When the signal fires the process is
 * ended at once.
 *
 * @throws UnreadableFile; AppError `storage.not_found`; Error for what another try may cure
 */
export async function readInProcess(
  signal: AbortSignal,
  order: () => Promise<ImportOrder>,
  onStep: OnStep,
): Promise<ImportReport> {
  shared.imports ??= new Lender(() => new ImportProcess(), MAX_PROCESSES);
  const end = await shared.imports.lend(signal, async (process) => process.run(await order(), onStep));
  // Not by the process: another instance of this module may have started it, and its classes of errors are not these.
  if (end.type === 'failed') throw errorOf(end.failure);
  return end.report;
}
