import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { startCluster } from '../postgres/cluster';

const root = path.resolve(import.meta.dirname, '../..');

export interface BenchDatabase {
  url: string;
  /** Of the server's first process. */
  pid: number;
  /** For the files that are stored. */
  filesDir: string;
  stop(): Promise<void>;
}

/** A server of its own with the app's settings and schema, below `folder`. */
export async function benchDatabase(folder: string): Promise<BenchDatabase> {
  const cluster = await startCluster({
    dataDir: path.join(folder, 'postgres'),
    password: 'bench',
    logFile: path.join(folder, 'postgres.log'),
    settings: { shared_buffers: '128MB', max_connections: '200' },
  });
  const filesDir = path.join(folder, 'files');
  mkdirSync(filesDir);
  const url = cluster.url('postgres');
  const prisma = path.join(root, 'node_modules/prisma/build/index.js');
  const env = { ...process.env, DATABASE_URL: url };
  execFileSync(process.execPath, [prisma, 'migrate', 'deploy'], { cwd: root, stdio: 'ignore', env });
  return { url, pid: cluster.pid, filesDir, stop: () => cluster.stop() };
}

/** Bytes of all tables that hold examples, with their indexes and what is stored beside them. */
export async function databaseBytes(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ bytes: string }>(
    `SELECT sum(pg_total_relation_size(c.oid))::bigint AS bytes FROM pg_class c
     WHERE c.relkind = 'r' AND (c.relname LIKE 'training_example%' OR c.relname LIKE 'dataset_%' OR c.relname LIKE 'example_%')`,
  );
  return Number(rows[0]?.bytes ?? 0);
}
