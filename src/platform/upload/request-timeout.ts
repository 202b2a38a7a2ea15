import diagnosticsChannel from 'node:diagnostics_channel';
import type { Server } from 'node:http';

/** As long as an upload address lives. */
const LONGEST_MS = 12 * 3600 * 1000;

let lifted = false;

/**
 * Node ends every request after 300 s and `next start` leaves that on, so a slow connection could never send a large file.
 * What reads large bodies has its own limit (60 s without a byte); headers keep Node's.
 */
export function liftRequestTimeout(): void {
  if (lifted) return;
  lifted = true;
  diagnosticsChannel.subscribe('http.server.request.start', (message) => {
    const { server } = message as { server: Server };
    server.requestTimeout = LONGEST_MS;
  });
}
