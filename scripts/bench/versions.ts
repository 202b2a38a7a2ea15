// How long it takes to tell two versions apart, and to give one out. Figures and machine: docs/benchmarks.md.
//   npx tsx --conditions=react-server scripts/bench/versions.ts [rows]
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { startCluster } from '../postgres/cluster';
import { measure } from './measure';

const rows = Number(process.argv[2] ?? 1_000_000);
const CHANGED = 1000;
const root = path.resolve(import.meta.dirname, '../..');
/** About 494 bytes each. The first `changed` rows have another text than in the first file. */
function* fileRows(changed: number): Generator<Buffer> {
  const md5 = (n: number) => createHash('md5').update(String(n)).digest('hex');
  let batch = '';
  for (let i = 1; i <= rows; i++) {
    const answer = `${`${md5(i + 7)} `.repeat(7)}${i < changed ? 'other' : 'words'}`;
    const question = `Question ${i} ${`${md5(i)} `.repeat(4)}${md5(i)}`;
    const messages = [
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ];
    batch += `${JSON.stringify({ messages })}\n`;
    if (batch.length < 1 << 18 && i < rows) continue;
    yield Buffer.from(batch);
    batch = '';
  }
}

const folder = mkdtempSync(path.join(tmpdir(), 'tuneloop-bench-'));
chmodSync(folder, 0o755);

const cluster = await startCluster({
  dataDir: path.join(folder, 'postgres'),
  password: 'bench',
  logFile: path.join(folder, 'postgres.log'),
  settings: { shared_buffers: '128MB', max_connections: '50' },
});
try {
  mkdirSync(path.join(folder, 'data'));
  process.env.DATABASE_URL = cluster.url('postgres');
  process.env.TUNELOOP_TEST_DIR = path.join(folder, 'data');
  process.env.LOG_LEVEL = 'silent';
  const prisma = path.join(root, 'node_modules/prisma/build/index.js');
  execFileSync(process.execPath, [prisma, 'migrate', 'deploy'], { cwd: root, stdio: 'ignore' });
  execFileSync(process.execPath, ['scripts/build-processes.mjs'], { cwd: root, stdio: 'ignore' });
  // Only now: the modules read the environment when they load.
  const { database } = await import('../../src/platform/db/database');
  const { datasetLab, closeDatasetLab } = await import('../../src/testing/dataset-lab');
  const { datasets, storage, actor } = await datasetLab();
  const { workspaceId } = actor;
  const versionIds: string[] = [];
  let datasetId = '';
  const addFile = async (changed: number) => {
    const { key } = await storage.write({ name: 'rows.jsonl', body: Readable.from(fileRows(changed)) });
    const input = { fileKey: key, fileName: 'rows.jsonl', ...(datasetId && { datasetId }) };
    const made = await datasets.importFile(actor, input);
    datasetId = made.datasetId;
    const { status } = await datasets.runImport(workspaceId, made.versionId);
    if (status !== 'ready') throw new Error(`The import ended as ${status}.`);
    return versionIds.push(made.versionId);
  };
  const addVersion = async () => {
    const number = versionIds.length + 1;
    const version = { workspaceId, datasetId, number, source: 'edit', status: 'ready', rows, change: {} };
    versionIds.push((await database().datasetVersion.create({ data: version })).id);
    return number;
  };
  /** The rows of one version again in another, with another content hash. */
  const copy = (from: number, to: number, where: string) =>
    database().$executeRawUnsafe(`
      INSERT INTO training_examples (id, dataset_id, from_version, ordinal, line, body, tokens, trainable_tokens, content_hash, split)
      SELECT example_id(ordinal), dataset_id, ${to}, ordinal, line, body, tokens, trainable_tokens, content_hash + 1, split
      FROM training_examples WHERE dataset_id = '${datasetId}' AND from_version = ${from} AND ${where}`);
  const close = (version: number, where: string) =>
    database().$executeRawUnsafe(
      `UPDATE training_examples SET to_version = ${version} WHERE dataset_id = '${datasetId}' AND from_version < ${version} AND to_version IS NULL AND ${where}`,
    );
  const tell = async (name: string, work: () => Promise<unknown>) => {
    let said: unknown;
    const delay = monitorEventLoopDelay({ resolution: 2 });
    delay.enable();
    const usage = await measure(cluster.pid, async () => {
      said = await work();
    });
    delay.disable();
    const wait = `longest wait of others ${Math.round(delay.max / 1e6)} ms`;
    const cpu = `CPU ${usage.nodeCpu.toFixed(2)} + ${usage.postgresCpu.toFixed(2)} s`;
    console.log(
      `${name.padEnd(44)} ${usage.wall.toFixed(3)} s · ${cpu} · peak ${Math.round(usage.peakRss / 1e6)} MB · ${wait} · ${said}`,
    );
  };
  const diff = async (from: number, to: number) => {
    const ref = { datasetId, fromId: versionIds[from - 1] ?? '', toId: versionIds[to - 1] ?? '' };
    const { counts } = await datasets.diff(actor, ref);
    return JSON.stringify(counts);
  };

  await addFile(0);
  const edited = await addVersion();
  await close(edited, `line < ${CHANGED}`);
  await copy(1, edited, `line < ${CHANGED}`);
  console.log(`${rows.toLocaleString('en-US')} rows, Node ${process.version}`);
  await tell(`diff: ${CHANGED} rows edited`, () => diff(1, edited));
  await tell('the same again', () => diff(1, edited));
  const again = await addFile(CHANGED);
  await tell(`diff: file came again, ${CHANGED} rows other`, () => diff(1, again));
  await tell(`diff: the same, ${CHANGED} rows edited before`, () => diff(edited, again));
  for (const format of ['jsonl', 'csv', 'parquet', 'training'] as const) {
    const choice = { datasetId, version: again, format, gzip: false, bom: false };
    await tell(`export: ${format}`, async () => `${(await datasets.exportDigest(actor, choice)).bytes} bytes`);
  }
  const all = await addVersion();
  await close(all, 'true');
  await copy(again, all, 'true');
  await tell('diff: every row edited', () => diff(again, all));
  await closeDatasetLab();
} finally {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
