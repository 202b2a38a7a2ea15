import { createServer } from 'node:net';
import { ExpectedError } from './say';

const DEFAULT_PORT = 3000;
const CANDIDATES = 20;

/** Tries to listen. @returns the port when it worked, else the system's code (EADDRINUSE, EACCES, EADDRNOTAVAIL …) */
function refusal(port: number, host: string): Promise<{ code: string } | { port: number }> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve({ code: error.code ?? error.message }));
    probe.listen({ port, host, exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => resolve({ port: address && typeof address === 'object' ? address.port : port }));
    });
  });
}

function explain(code: string, port: number, host: string): ExpectedError {
  if (code === 'EACCES') {
    return new ExpectedError(
      `This account may not listen on port ${port} (below 1024 the system asks for more rights). Set PORT to a higher one, for example 3000.`,
    );
  }
  if (code === 'EADDRINUSE') {
    return new ExpectedError(
      `Port ${port} is in use by another program. Set PORT to a free one, or leave PORT out to let one be chosen.`,
    );
  }
  return new ExpectedError(
    `Nothing can listen on ${host} here (${code}). Set HOST to an address of this machine: 127.0.0.1, or 0.0.0.0 for all of them.`,
  );
}

/**
 * The port the app will listen on: the one asked for, else 3000 or the next free one.
 *
 * @throws ExpectedError when the port asked for is taken or not allowed, or the host is no address of this machine
 */
export async function webPort({ port, host }: { port: number | null; host: string }): Promise<number> {
  if (port !== null) {
    const tried = await refusal(port, host);
    if ('port' in tried) return port;
    throw explain(tried.code, port, host);
  }
  for (let candidate = DEFAULT_PORT; candidate < DEFAULT_PORT + CANDIDATES; candidate++) {
    const tried = await refusal(candidate, host);
    if ('port' in tried) return candidate;
    if (tried.code !== 'EADDRINUSE') throw explain(tried.code, candidate, host);
  }
  const any = await refusal(0, host);
  if ('port' in any) return any.port;
  throw explain(any.code, 0, host);
}

/** What to put into an address to reach a server that listens on `host`: "all addresses" is none. */
export function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
