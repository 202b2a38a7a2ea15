import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { entryPath, entryPoint, nodeFlags, workerOptions } from '../entry-points';
import type { CheckRequest, CheckResult } from '../training/check-files';
import type { TrainingReport } from '../training/job-messages';

const STDERR_KEPT = 2000;

/** How a training process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
  /** The last it wrote to standard error. */
  readonly complaint: string;
}

/** A training process: reports come in order, then the end, once. */
export class TrainingProcess {
  readonly pid: number | null;
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;

  constructor(specFile: string, onReport: (report: TrainingReport) => void, onEnd: (end: ProcessEnd) => void) {
    const flags = [...nodeFlags(), '--max-old-space-size=1024', entryPath('train-job'), specFile];
    // an open standard input is the sign of life for the child: it ends by itself when this server is gone
    this.child = spawn(process.execPath, flags, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.pid = this.child.pid ?? null;
    this.ended = once(this.child, 'close').catch(() => undefined);
    let complaint = '';
    this.child.stderr?.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-STDERR_KEPT);
    });
    this.child.on('error', (error) => {
      complaint = error.message;
    });
    this.child.stdin?.on('error', () => undefined);
    if (this.child.stdout) createInterface({ input: this.child.stdout }).on('line', (line) => tell(line, onReport));
    this.child.on('close', (code, signal) => onEnd({ code, signal, complaint: complaint.trim() }));
  }

  /** Ends it at once; nothing is saved. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** Lets it save its state first; after `patienceMs` it is killed. */
  async stop(patienceMs: number): Promise<void> {
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), patienceMs);
    await this.ended;
    clearTimeout(timer);
  }
}

function tell(line: string, onReport: (report: TrainingReport) => void): void {
  if (!line.startsWith('{')) return;
  try {
    onReport(JSON.parse(line) as TrainingReport);
  } catch {
    // a line cut off by the process's death: it is told again after the restart
  }
}

/** Checks a job's files in a worker thread, so that the server goes on answering. */
export async function checkInThread(request: CheckRequest): Promise<CheckResult> {
  const worker = new Worker(entryPoint('train-job'), workerOptions(request));
  try {
    const [result] = (await once(worker, 'message')) as [CheckResult];
    return result;
  } finally {
    await worker.terminate();
  }
}
