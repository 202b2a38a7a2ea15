import readline from 'node:readline';
import { locate, maintain, withClient } from './connect.mjs';
import { startEngine } from './engine.mjs';
import { describe } from './errors.mjs';
import { dropLiveShadows } from './shadow-database.mjs';

/** JSON-RPC code of the native engine for "see the data field". */
const ENGINE_ERROR = 4466;

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

/** Requests we make to the CLI (printing) and wait to be answered. */
class Callbacks {
  #next = 1;
  #waiting = new Map();

  /** Lets the CLI print a text; resolves when it has. */
  print(content) {
    const id = `print-${this.#next++}`;
    send({ id, method: 'print', params: { content } });
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  answered(id) {
    this.#waiting.get(id)?.();
    this.#waiting.delete(id);
  }
}

/** What the WebAssembly engine leaves to its host, and what it answers differently from the native one. */
const HOSTED = {
  getDatabaseVersion: async ({ engine }) => (await engine()).version(null),

  ensureConnectionValidity: async ({ targetOf }, { datasource }) => {
    const target = await targetOf(datasource);
    await withClient(target.client, (client) => client.query('select 1'));
    return {};
  },

  createDatabase: async ({ targetOf }, { datasource }) => {
    const target = await targetOf(datasource);
    await maintain(target, (name) => `CREATE DATABASE ${name}`);
    return { databaseName: target.database };
  },

  dbExecute: async ({ targetOf }, { datasourceType, script }) => {
    const target = await targetOf(datasourceType);
    await withClient(target.client, (client) => client.query(script));
    return {};
  },

  diff: async ({ engine, callbacks }, params) => {
    const { exitCode, stdout } = await (await engine()).diff(params);
    if (stdout != null) await callbacks.print(stdout);
    return { exitCode, stdout: null };
  },
};

/**
 * Answers the Prisma CLI's JSON-RPC requests, one line each, in the order they come, until stdin ends.
 *
 * @param {import('./arguments.mjs').Request} request
 */
export async function serveRpc({ datamodels, datasource }) {
  const callbacks = new Callbacks();
  let configured = null;
  let started = null;
  const target = async () => (configured ??= datasource.url ? await locate(datasource.url) : null);
  const start = async () =>
    startEngine({ datamodels, target: await target(), shadowUrl: datasource.shadowDatabaseUrl });
  const host = {
    callbacks,
    engine: async () => {
      started ??= start();
      return (await started).engine;
    },
    /** A request may name its own database; otherwise it means the configured one. */
    targetOf: async (source) => {
      const found = source?.url ? await locate(source.url) : await target();
      if (!found) throw new Error('No database URL is configured. Set DATABASE_URL.');
      return found;
    },
  };

  /** The driver's own error, where the engine could only number it. */
  const explained = async (error) => {
    if (started === null) return error;
    return started.then(({ explain }) => explain(error)).catch(() => error);
  };

  const answer = async ({ id, method, params }) => {
    try {
      const hosted = HOSTED[method];
      const result = hosted ? await hosted(host, params) : await (await host.engine())[method](params);
      send({ id, result: result ?? {} });
    } catch (error) {
      const cause = await explained(error);
      const { message, code, meta } = describe(cause, configured);
      const data = { is_panic: false, message, error_code: code, meta };
      send({
        id,
        error: { code: ENGINE_ERROR, message: 'An error happened. Check the data field for details.', data },
      });
    }
  };

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => void dropLiveShadows().finally(() => process.exit(1)));
  }

  let chain = Promise.resolve();
  const lines = readline.createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    if (!line.trim()) return;
    const message = JSON.parse(line);
    if (message.method) chain = chain.then(() => answer(message));
    else callbacks.answered(message.id);
  });
  lines.on('close', () => void chain.then(dropLiveShadows).then(() => process.exit(0)));
}
