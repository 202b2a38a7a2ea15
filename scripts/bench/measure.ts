import { cpuOfTree } from './process-usage';

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
