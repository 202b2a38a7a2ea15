import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { readJson, writeJsonAtomically } from './files/atomic-file';

interface LockContent {
  readonly pid: number;
  /** Tells a process from a later one with the same number. */
  readonly startedAt: string | null;
  readonly url?: string;
}

/** Another live server works on the data folder. */
export class LockedError extends Error {}

/** Claims a data folder for this process by its pid file, `trainer.pid.json`. */
export class DataLock {
  private constructor(private readonly file: string) {}

  /** Throws {@link LockedError} when another live server holds the folder. A dead server's lock is taken over. */
  static take(folder: string): DataLock {
    const file = path.join(folder, 'trainer.pid.json');
    const holder = readJson(file) as LockContent | undefined;
    if (holder && holder.pid !== process.pid && isSameProcess(holder)) {
      throw new LockedError(
        `Another trainer (process ${holder.pid}) already works in ${folder}. Stop it, or set TRAINER_DATA_DIR to another folder.`,
      );
    }
    writeJsonAtomically(file, { pid: process.pid, startedAt: startOf(process.pid) } satisfies LockContent);
    return new DataLock(file);
  }

  /** Adds the server's address, for whoever wants to find it. */
  publish(url: string): void {
    const content: LockContent = { pid: process.pid, startedAt: startOf(process.pid), url };
    writeJsonAtomically(this.file, content);
  }

  release(): void {
    fs.rmSync(this.file, { force: true });
  }
}

/** Whether the process that wrote a lock still lives. */
function isSameProcess({ pid, startedAt }: LockContent): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return startedAt === null || startOf(pid) === startedAt;
}

/** When a process was started, in whatever form the system tells; null when it does not tell. */
export function startOf(pid: number): string | null {
  try {
    // Linux, proc(5): field 22 after the command's closing parenthesis, in clock ticks since boot
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    // not Linux, or the process is gone
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}
