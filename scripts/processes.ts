import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const ask = (pid: number, column: string): string =>
  execFileSync('ps', ['-p', String(pid), '-o', `${column}=`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();

/** The command line of a process, or '' when it is gone (or a zombie). */
export function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    if (process.platform === 'win32') return isAlive(pid) ? 'postgres' : '';
    return ask(pid, 'command');
  } catch {
    return '';
  }
}

/**
 * When a process began, in whatever form the system tells. Process ids are reused: number and birth together name one
 * process for good.
 */
export function birthOf(pid: number): string | null {
  try {
    if (process.platform === 'win32') return null;
    if (process.platform !== 'linux') return ask(pid, 'lstart') || null;
    // proc(5): field 22, counted after the closing parenthesis of the program name.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
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

/** Sends a signal; to the process and everything it started when it leads a group. Silent when it is gone. */
export function signal(pid: number, name: NodeJS.Signals, opts: { group?: boolean } = {}): void {
  try {
    process.kill(opts.group && process.platform !== 'win32' ? -pid : pid, name);
  } catch {
    // Gone already, which is what was wanted.
  }
}

/**
 * Whether a process group has members left although its leader is gone. The number of a group is not given to a new
 * process while the group exists, so such a group is the old leader's for certain.
 */
export function isOrphanedGroup(leader: number): boolean {
  if (process.platform === 'win32' || isAlive(leader)) return false;
  try {
    process.kill(-leader, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Sends the signals in turn, waiting the given time after each, until the process is gone. */
export async function stopProcess(pid: number, steps: readonly (readonly [NodeJS.Signals, number])[]): Promise<void> {
  for (const [name, timeoutMs] of steps) {
    if (!isAlive(pid)) return;
    signal(pid, name);
    if (await waitForExit(pid, timeoutMs)) return;
  }
}
