const holder = globalThis as typeof globalThis & { tuneloop?: object };

/**
 * What is one per process: connections, running loops, limits. Route bundles and instrumentation are separate module
 * instances of one process, so a variable of a module would be several; this one object hangs on `globalThis`.
 *
 * Taken once, when a module is loaded. Tests put a new object there for each of their files.
 *
 * @typeParam State the entries that the caller keeps there, all of them optional
 */
export function processState<State extends object>(): State {
  holder.tuneloop ??= {};
  return holder.tuneloop as State;
}
