import { readFileSync } from 'node:fs';
import net from 'node:net';

const DEFAULT_PORT = 5432;
/** Prisma's default, in seconds. */
const DEFAULT_CONNECT_TIMEOUT = 5;

/**
 * What a Postgres URL says, in the fields of a `pg` client config. Never hand a client the URL itself: `pg` lets a
 * URL win over a `database` given next to it, and a shadow database would silently be the main one.
 *
 * @typedef {{ host: string, port: number, database: string, schema: string, sslmode: string,
 *   client: import('pg').ClientConfig }} Target
 */

/** `user@/database?host=/run/postgresql` has no host before the path, which URL does not accept beside a user. */
const withHost = (text) => text.replace(/^(postgres(?:ql)?:\/\/(?:[^/?@]*@)?)(?=[/?]|$)/, '$1localhost');

/** @param {URLSearchParams} params */
function tls(params, sslmode, host) {
  if (sslmode === 'disable') return false;
  const file = (name) => (params.get(name) ? readFileSync(params.get(name), 'utf8') : undefined);
  const root = params.get('sslrootcert');
  const ca = root && root !== 'system' ? file('sslrootcert') : undefined;
  // As in libpq: `require` with a root certificate checks the chain, only verify-full checks the name as well.
  const verifies = sslmode.startsWith('verify-') || (sslmode === 'require' && root !== null);
  return {
    rejectUnauthorized: verifies,
    ...(ca ? { ca } : {}),
    ...(params.get('sslcert') ? { cert: file('sslcert') } : {}),
    ...(params.get('sslkey') ? { key: file('sslkey') } : {}),
    ...(net.isIP(host) ? {} : { servername: host }),
    ...(sslmode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
  };
}

/** Without `sslmode` the connection is plain, unless certificates are named. */
function sslModeOf(params) {
  const given = params.get('sslmode');
  if (given) return given;
  return ['sslrootcert', 'sslcert', 'sslkey'].some((name) => params.has(name)) ? 'require' : 'disable';
}

/**
 * Understands TCP hosts, IPv6 in brackets, Unix sockets (`host` parameter or a percent-encoded path as host), libpq's
 * TLS parameters, `schema`, `connect_timeout` (seconds, 0 = wait for ever), `application_name` and `options`.
 *
 * @param {string} text
 * @returns {Target}
 * @throws TypeError for something that is no URL; ENOENT for a certificate file that is not there
 */
export function readConnectionUrl(text) {
  const url = new URL(withHost(text));
  const params = url.searchParams;
  const host = params.get('host') ?? (decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, '$1') || 'localhost');
  const port = Number(params.get('port') ?? (url.port || DEFAULT_PORT));
  const user = decodeURIComponent(url.username) || params.get('user') || undefined;
  const password = decodeURIComponent(url.password) || params.get('password') || undefined;
  const database = decodeURIComponent(url.pathname.slice(1)) || user || 'postgres';
  const schema = params.get('schema') ?? 'public';
  const sslmode = sslModeOf(params);
  const seconds = Number(params.get('connect_timeout') ?? DEFAULT_CONNECT_TIMEOUT);
  // Unqualified names of a migration belong into the schema the URL names. Spaces and backslashes are escaped for `-c`.
  const searchPath = quote(schema).replace(/[\\ ]/g, '\\$&');
  const options = [params.get('options'), `-c search_path=${searchPath}`].filter(Boolean).join(' ');
  return {
    host,
    port,
    database,
    schema,
    sslmode,
    client: {
      host,
      port,
      user,
      password,
      database,
      options,
      ssl: tls(params, sslmode, host),
      connectionTimeoutMillis: seconds * 1000,
      application_name: params.get('application_name') ?? 'prisma-migrate',
    },
  };
}

/** A name as SQL identifier. @param {string} name */
export const quote = (name) => `"${name.replaceAll('"', '""')}"`;
