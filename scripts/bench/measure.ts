import { readdirSync, readFileSync } from 'node:fs';

export interface Usage {
  /** Seconds. */
  wall: number;
  /** User and system seconds of this process, all threads. */
  nodeCpu: number;
  /** The same of Postgres with all its backends. Linux only; 0 elsewhere. */
  postgresCpu: number;
  /** Bytes of this process, looked at every 20 ms. */
  peakRss: number;
}

const TICKS_PER_SECOND = 100;

/** User and system time of a process, its living children and the ones that have ended, from /proc. */
function cpuOfTree(pid: number): number {
  try {
    const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const ticks = processes.map((name) => {
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

export async function measure(postmaster: number, work: () => Promise<void>): Promise<Usage> {
  let peakRss = 0;
  const timer = setInterval(() => {
    peakRss = Math.max(peakRss, process.memoryUsage.rss());
  }, 20);
  const before = { cpu: process.cpuUsage(), postgres: cpuOfTree(postmaster), at: performance.now() };
  await work();
  const { user, system } = process.cpuUsage(before.cpu);
  clearInterval(timer);
  return {
    wall: (performance.now() - before.at) / 1000,
    nodeCpu: (user + system) / 1e6,
    postgresCpu: cpuOfTree(postmaster) - before.postgres,
    peakRss,
  };
}
