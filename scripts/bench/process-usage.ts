import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** Seconds of user and system time of a process, its living children and the ones that have ended. Linux only; 0 elsewhere. */
export function cpuOfTree(pid: number): number {
  try {
    const ticks = allProcesses().map((name) => {
      const fields = statFields(name);
      if (!fields) return 0;
      const own = Number(fields[11]) + Number(fields[12]);
      if (name === String(pid)) return own + Number(fields[13]) + Number(fields[14]);
      return Number(fields[1]) === pid ? own : 0;
    });
    return ticks.reduce((sum, value) => sum + value, 0) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}

/** The fields after the command's closing bracket: state, parent, … Source: proc(5). */
function statFields(pid: string): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

/** Starts the peak of `peakRss` anew. */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** Most resident memory of a process, all its threads, since it was forgotten last. Bytes. Source: proc(5), VmHWM. */
export function peakRss(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

/** Living children of a process. */
export const childrenOf = (pid: number): number[] =>
  allProcesses().flatMap((name) => (Number(statFields(name)?.[1]) === pid ? [Number(name)] : []));

const allProcesses = (): string[] => readdirSync('/proc').filter((name) => /^\d+$/.test(name));
