import net from 'node:net';
import pg from 'pg';
import { quote, readConnectionUrl } from './connection-url.mjs';

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** Asks a server whether it speaks TLS: one byte, `S` or `N` (protocol documentation, "SSL Session Encryption"). */
function offersTls({ host, port, client }) {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port });
    const answer = (yes) => {
      socket.destroy();
      resolve(yes);
    };
    if (client.connectionTimeoutMillis > 0) socket.setTimeout(client.connectionTimeoutMillis, () => answer(false));
    socket.once('connect', () => socket.write(SSL_REQUEST));
    socket.once('data', (data) => answer(data[0] === 'S'.charCodeAt(0)));
    socket.once('error', () => answer(false));
  });
}

/**
 * Reads a URL and settles what only the server can say: under `prefer` and `allow` TLS is used where it is offered.
 *
 * @param {string} url
 * @returns {Promise<import('./connection-url.mjs').Target>}
 */
export async function locate(url) {
  const target = readConnectionUrl(url);
  const optional = target.sslmode === 'prefer' || target.sslmode === 'allow';
  if (optional && (target.host.startsWith('/') || !(await offersTls(target)))) target.client.ssl = false;
  return target;
}

/**
 * Opens one connection, does the work, closes it.
 *
 * @template T
 * @param {import('pg').ClientConfig} config
 * @param {(client: import('pg').Client) => Promise<T>} work
 */
export async function withClient(config, work) {
  const client = new pg.Client(config);
  client.on('error', () => {}); // a server that goes away is reported by the query that notices
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Databases to stand in while another one is created or dropped, in the order in which they usually exist. */
const MAINTENANCE = ['postgres', 'template1'];

/** Runs a statement about `target.database` from outside of it. @param {(quotedName: string) => string} statement */
export async function maintain(target, statement) {
  let refused;
  for (const database of MAINTENANCE) {
    try {
      return await withClient({ ...target.client, database }, (client) =>
        client.query(statement(quote(target.database))),
      );
    } catch (error) {
      if (error.code !== '3D000') throw error;
      refused = error;
    }
  }
  throw refused;
}
