import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { isAlive, signal, waitForExit } from '../processes';
import { say } from './say';

export interface ProgramOptions {
  name: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  logDir: string;
  /** Told about each new process, so that a later start finds it should we be killed. */
  onSpawn(pid: number): void;
}

const LOG_LIMIT = 10 * 1024 * 1024;
const MAX_BACKOFF_MS = 10_000;
/** A program that ran this long has recovered: the next crash starts with a short pause again. */
const RECOVERED_AFTER_MS = 60_000;

function openLog(file: string): number {
  try {
    if (statSync(file).size > LOG_LIMIT) renameSync(file, `${file}.1`);
  } catch {
    // First run: nothing to rotate.
  }
  return openSync(file, 'a', 0o600);
}

/** A child process that is started again when it dies, with growing pauses, until it is stopped on purpose. */
export class Program {
  readonly logFile: string;
  private child: ChildProcess | null = null;
  private timer: NodeJS.Timeout | null = null;
  private stopping = false;
  private failures = 0;

  constructor(private readonly opts: ProgramOptions) {
    this.logFile = path.join(opts.logDir, `${opts.name}.log`);
  }

  /** How often it died in a row. */
  get crashes(): number {
    return this.failures;
  }

  start(): this {
    const log = openLog(this.logFile);
    // A process group of its own: Ctrl-C reaches only us, and we stop the parts in order.
    const child = spawn(this.opts.command, this.opts.args, {
      cwd: this.opts.cwd,
      env: this.opts.env,
      detached: process.platform !== 'win32',
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const begun = Date.now();
    this.child = child;
    if (child.pid) this.opts.onSpawn(child.pid);
    child.once('error', (error) => say(`  ! ${this.opts.name}: ${error.message}`));
    child.once('close', (code, name) => {
      // What it started must not outlive it: it would hold the port that the next one needs.
      if (child.pid) signal(child.pid, 'SIGKILL', { group: true });
      this.ended(code ?? name, Date.now() - begun);
    });
    return this;
  }

  private ended(how: number | NodeJS.Signals | null, ranMs: number): void {
    if (this.stopping) return;
    this.failures = ranMs > RECOVERED_AFTER_MS ? 1 : this.failures + 1;
    const pause = Math.min(MAX_BACKOFF_MS, 250 * 2 ** this.failures);
    say(`  ! ${this.opts.name} ended (${how}); starting it again in ${pause / 1000} s. Log: ${this.logFile}`);
    if (this.failures <= 2) say(this.lastLines().replace(/^/gm, '      '));
    this.timer = setTimeout(() => this.start(), pause);
  }

  lastLines(count = 4): string {
    try {
      return readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
    } catch {
      return '';
    }
  }

  /** SIGTERM, then SIGKILL after the time limit; whatever it started goes with it. */
  async stop(timeoutMs: number): Promise<void> {
    this.stopping = true;
    if (this.timer) clearTimeout(this.timer);
    const pid = this.child?.pid;
    if (!pid || !isAlive(pid)) return;
    signal(pid, 'SIGTERM');
    await waitForExit(pid, timeoutMs);
    signal(pid, 'SIGKILL', { group: true });
  }

  kill(): void {
    this.stopping = true;
    if (this.timer) clearTimeout(this.timer);
    if (this.child?.pid) signal(this.child.pid, 'SIGKILL', { group: true });
  }
}
