import { readFileSync } from 'node:fs';
import path from 'node:path';
import { commandOf, isAlive, stopProcess } from '../processes';

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

/** The server that owns this data directory right now, if it really is one. */
export function livePostmaster(dataDir: string): Postmaster | null {
  const found = readPostmaster(dataDir);
  return found && isAlive(found.pid) && commandOf(found.pid).includes('postgres') ? found : null;
}

/** Fast shutdown (sessions are cut, data is flushed); after the time limit an immediate one, which recovers at the next start. */
export function stopPostmaster(pid: number, timeoutMs: number): Promise<void> {
  return stopProcess(pid, [
    ['SIGINT', timeoutMs],
    ['SIGQUIT', 2000],
    ['SIGKILL', 2000],
  ]);
}
