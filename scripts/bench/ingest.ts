// How fast files are read, against the least that has to happen to them. Figures and machine: docs/benchmarks.md.
//   npx tsx scripts/bench/ingest.ts [rows]
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, createReadStream, createWriteStream, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { startCluster } from '../postgres/cluster';
import { measure, type Usage } from './measure';
import { chatRows } from './rows';

const HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex');
const rows = Number(process.argv[2] ?? 100_000);
const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'tuneloop-bench-'));
chmodSync(folder, 0o755);

async function writeRows(file: string): Promise<number> {
  const out = createWriteStream(file);
  for (const batch of chatRows(rows)) if (!out.write(batch)) await once(out, 'drain');
  out.end();
  await finished(out);
  return statSync(file).size;
}

/** Read, split, parse, store the line: one thread, one text column, no index, no check. */
async function floor(file: string, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TABLE floor (line text)');
  const stream = client.query(copyFrom('COPY floor FROM STDIN (FORMAT binary)'));
  stream.write(HEADER);
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 512 * 1024 })) {
    const data = Buffer.concat([rest, chunk as Buffer]);
    const parts: Buffer[] = [];
    let from = 0;
    for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10, from)) {
      const line = data.subarray(from, end);
      JSON.parse(line.toString());
      const head = Buffer.alloc(6);
      head.writeInt16BE(1);
      head.writeInt32BE(line.length, 2);
      parts.push(head, line);
      from = end + 1;
    }
    rest = Buffer.from(data.subarray(from));
    if (!stream.write(Buffer.concat(parts))) await once(stream, 'drain');
  }
  stream.end(Buffer.from('ffff', 'hex'));
  await finished(stream);
  await client.end();
}

function line(name: string, usage: Usage, base?: Usage): string {
  const cpu = usage.nodeCpu + usage.postgresCpu;
  const ratio = base ? ` · ${(cpu / (base.nodeCpu + base.postgresCpu)).toFixed(1)}x the floor's CPU` : '';
  const parts = [
    `${usage.wall.toFixed(2)} s`,
    `${Math.round(rows / usage.wall).toLocaleString('en-US')} rows/s`,
    `CPU ${usage.nodeCpu.toFixed(2)} + ${usage.postgresCpu.toFixed(2)} s`,
    `peak ${Math.round(usage.peakRss / 1e6)} MB`,
  ];
  return `${name.padEnd(16)} ${parts.join(' · ')}${ratio}`;
}

execFileSync(process.execPath, ['scripts/build-processes.mjs'], { cwd: root });
const cluster = await startCluster({
  dataDir: path.join(folder, 'postgres'),
  password: 'bench',
  logFile: path.join(folder, 'postgres.log'),
  settings: { shared_buffers: '128MB', max_connections: '50' },
});
try {
  mkdirSync(path.join(folder, 'data'));
  const url = cluster.url('postgres');
  process.env.DATABASE_URL = url;
  process.env.TUNELOOP_TEST_DIR = path.join(folder, 'data');
  process.env.LOG_LEVEL = 'silent';
  const prisma = path.join(root, 'node_modules/prisma/build/index.js');
  execFileSync(process.execPath, [prisma, 'migrate', 'deploy'], { cwd: root, stdio: 'ignore' });
  const file = path.join(folder, 'rows.jsonl');
  const bytes = await writeRows(file);
  console.log(`${rows.toLocaleString('en-US')} chat rows, ${(bytes / 1e6).toFixed(1)} MB, Node ${process.version}`);
  const least = await measure(cluster.pid, () => floor(file, url));
  console.log(line('floor', least));
  // Only now: the modules read the environment when they load.
  const { datasetLab, closeDatasetLab } = await import('../../src/testing/dataset-lab');
  const { datasets, storage, actor } = await datasetLab();
  for (const name of ['import, cold', 'import, warm']) {
    const { key } = await storage.write({ name: 'rows.jsonl', body: createReadStream(file) });
    const { versionId } = await datasets.importFile(actor, { fileKey: key, fileName: 'rows.jsonl' });
    const usage = await measure(cluster.pid, async () => {
      const result = await datasets.runImport(actor.workspaceId, versionId);
      if (result.rows !== rows) throw new Error(`Only ${result.rows} rows arrived (${result.status}).`);
    });
    console.log(line(name, usage, least));
  }
  await closeDatasetLab();
} finally {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
