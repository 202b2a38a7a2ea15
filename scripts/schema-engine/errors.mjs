/** Prisma's error codes for what Postgres or the network may answer. Anything else keeps its text and has no code. */
const CODES = {
  '28P01': 'P1000',
  28000: 'P1000',
  ECONNREFUSED: 'P1001',
  ENOTFOUND: 'P1001',
  EAI_AGAIN: 'P1001',
  EHOSTUNREACH: 'P1001',
  ENETUNREACH: 'P1001',
  ENOENT: 'P1001',
  ETIMEDOUT: 'P1002',
  '3D000': 'P1003',
  '42P04': 'P1009',
  42501: 'P1010',
  ECONNRESET: 'P1017',
  '57P01': 'P1017',
};

const TLS = /SSL|TLS|certificate|self-signed/i;

function codeOf(error) {
  if (error.code in CODES) return CODES[error.code];
  if (/timeout expired/.test(error.message)) return 'P1002';
  return TLS.test(`${error.code} ${error.message}`) ? 'P1011' : null;
}

const MESSAGES = {
  P1000: ({ client }) =>
    `Authentication failed against the database server, the provided credentials for \`${client.user}\` are not valid`,
  P1001: ({ host, port }) => `Can't reach database server at \`${host}:${port}\``,
  P1002: ({ host, port }) => `The database server at \`${host}:${port}\` was reached but timed out`,
  P1003: ({ database }) => `Database \`${database}\` does not exist`,
  P1009: ({ database }) => `Database \`${database}\` already exists`,
  P1010: ({ client, database }) => `User \`${client.user}\` was denied access on the database \`${database}\``,
  P1017: () => 'Server has closed the connection',
};

/**
 * @param {any} error of the `pg` package, of Node's network, or of the engine (which has `code` and `meta` already)
 * @param {import('./connection-url.mjs').Target | null} target
 * @returns {{ message: string, code: string | null, meta: unknown }}
 */
export function describe(error, target) {
  // Node tries every address of a name and reports them together.
  let cause = error instanceof AggregateError ? error.errors[0] : error;
  // The driver adapter wraps what Postgres said.
  const { originalCode, originalMessage } = cause?.cause ?? {};
  if (originalMessage) cause = { code: originalCode, message: originalMessage };
  if (/^P\d{4}$/.test(cause.code ?? '')) return { message: cause.message, code: cause.code, meta: cause.meta ?? null };
  const code = target ? codeOf(cause) : null;
  const text = String(cause?.message ?? cause);
  if (code === 'P1011') return { message: `Error opening a TLS connection: ${text}`, code, meta: null };
  return { message: (code && MESSAGES[code]?.(target)) || text, code, meta: null };
}
