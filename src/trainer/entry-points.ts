import { fileURLToPath } from 'node:url';
import type { WorkerOptions } from 'node:worker_threads';

/** The trainer's files that are started on their own. They lie beside this one, bundled (`.mjs`) or as source (`.ts`). */
export type EntryName = 'server' | 'train-job' | 'generate-worker';

const FROM_SOURCE = import.meta.url.endsWith('.ts');

/** Path of an entry point, in the form that this process itself was started in. */
export function entryPath(name: EntryName): string {
  return fileURLToPath(new URL(`./${name}.${FROM_SOURCE ? 'ts' : 'mjs'}`, import.meta.url));
}

/** Flags that a child process needs in front of an entry path. */
export function nodeFlags(): string[] {
  return FROM_SOURCE ? ['--import', 'tsx'] : [];
}

/**
 * What to give to `new Worker`. From source the worker is a line of JavaScript that registers tsx first: Node 20
 * ignores `--import` in a worker's flags.
 */
export function entryPoint(name: EntryName): string | URL {
  const url = new URL(`./${name}.${FROM_SOURCE ? 'ts' : 'mjs'}`, import.meta.url);
  if (!FROM_SOURCE) return url;
  const start = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(url.href)}); })`;
  return `${start}.catch((error) => { throw error; })`;
}

/** Options for `new Worker(entryPoint(…), …)`. */
export function workerOptions(workerData: unknown): WorkerOptions {
  return { workerData, eval: FROM_SOURCE, execArgv: [] };
}
