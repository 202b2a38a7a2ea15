import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { MigrationAdapterFactory } from './migration-adapter.mjs';

/** Commands that never touch a database still want an adapter; port 1 answers nobody. */
const NOWHERE = {
  host: '127.0.0.1',
  port: 1,
  database: 'none',
  schema: 'public',
  sslmode: 'disable',
  client: { host: '127.0.0.1', port: 1 },
};

async function loadWasm() {
  const require = createRequire(import.meta.url);
  const folder = path.dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = readFileSync(path.join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return bindings;
}

/**
 * Starts the engine for one set of schema files and one database.
 *
 * @param {{ datamodels: string[], target: import('./connection-url.mjs').Target | null, shadowUrl?: string }} opts
 * @returns {Promise<{ engine: any, explain: (error: unknown) => unknown }>} `explain` finds the driver's error behind
 *   one the engine could only number
 */
export async function startEngine({ datamodels, target, shadowUrl }) {
  const { SchemaEngine } = await loadWasm();
  const factory = bindMigrationAwareSqlAdapterFactory(new MigrationAdapterFactory(target ?? NOWHERE, shadowUrl));
  const files = datamodels.map((file) => [file, readFileSync(file, 'utf8')]);
  const onLog = (line) => process.stderr.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
  const engine = await SchemaEngine.new({ datamodels: files.length > 0 ? files : undefined }, onLog, factory);
  const explain = (error) => {
    const id = /external error id#(\d+)/i.exec(String(error?.message ?? error))?.[1];
    return (id && factory.errorRegistry.consumeError(Number(id))?.error) || error;
  };
  return { engine, explain };
}
