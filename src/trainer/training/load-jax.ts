import type { Jax } from './loss-graph';

/**
 * Loads jax-js on its WebAssembly back end. One instance computes on one thread: the trainer runs one instance per
 * lane instead, which uses two cores better than splitting every matmul between two.
 */
export async function loadJax(): Promise<Jax> {
  // jax-js 0.1.25 reads the browser's `navigator`, which Node 20 lacks
  if (!('navigator' in globalThis)) {
    Object.defineProperty(globalThis, 'navigator', { value: { hardwareConcurrency: 1, userAgent: 'node' } });
  }
  const jax = await import('@jax-js/jax');
  await jax.init('wasm');
  jax.defaultDevice('wasm');
  return jax;
}
