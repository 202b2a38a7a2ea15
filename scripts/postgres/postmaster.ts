import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a running server writes into its data directory. */
export interface Postmaster {
  pid: number;
  port: number;
  ready: boolean;
}

/** Reads postmaster.pid: line 1 process id, line 4 port, line 8 state. null when there is none or it is half written. */
export function readPostmaster(dataDir: string): Postmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, port: Number(lines[3] ?? 0), ready: (lines[7] ?? '').trim() === 'ready' };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The command line of a process, or '' when it is gone. Process ids are reused, so a number alone proves nothing. */
export function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    if (process.platform === 'win32') return isAlive(pid) ? 'postgres' : '';
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

/** The server that owns this data directory right now, if it really is one. */
export function livePostmaster(dataDir: string): Postmaster | null {
  const found = readPostmaster(dataDir);
  return found && isAlive(found.pid) && commandOf(found.pid).includes('postgres') ? found : null;
}

/** @returns true when the process ended within the time */
export async function waitForExit(pid: number, timeoutMs: number, everyMs = 15): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  // A zombie (an ended child nobody has collected yet) still answers to signal 0 but has no command line.
  while (isAlive(pid) && commandOf(pid) !== '') {
    if (Date.now() > deadline) return false;
    await sleep(everyMs, undefined, { ref: everyMs < 100 });
  }
  return true;
}

/** Fast shutdown (sessions are cut, data is flushed); after the time limit an immediate one, which recovers at the next start. */
export async function stopPostmaster(pid: number, timeoutMs: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!isAlive(pid)) return;
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await waitForExit(pid, signal === 'SIGINT' ? timeoutMs : 2000)) return;
  }
}
