import diagnosticsChannel from 'node:diagnostics_channel';
import type { Server } from 'node:http';

let lifted = false;

/**
 * Node ends every request after 300 s and `next start` leaves that on, so a slow connection could never send a large file.
 * The upload endpoint has its own limit (60 s without a byte); headers keep Node's.
 */
export function liftRequestTimeout(): void {
  if (lifted) return;
  lifted = true;
  diagnosticsChannel.subscribe('http.server.request.start', (message) => {
    const { server } = message as { server: Server };
    server.requestTimeout = 0;
  });
}
