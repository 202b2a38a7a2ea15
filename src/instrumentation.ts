/** Next calls this once per process, before the first request. Node's part lives in a file that Edge never loads. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { startProcess } = await import('./instrumentation-node');
    startProcess();
  }
}
