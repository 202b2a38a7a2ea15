// How long a change of one row takes in a large version, what it adds to the database, and what changes of many rows take.
// Figures and machine: docs/benchmarks.md.
//   npx tsx --conditions=react-server scripts/bench/changes.ts [rows]
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DatasetChange } from '../../src/features/datasets/change.schema';
import { startCluster } from '../postgres/cluster';

const rows = Number(process.argv[2] ?? 1_000_000);
const REPEATS = 5;
const root = path.resolve(import.meta.dirname, '../..');
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
  // Only now: the modules read the environment when they load.
  const { database } = await import('../../src/platform/db/database');
  const { datasetLab, closeDatasetLab, makeRows } = await import('../../src/testing/dataset-lab');
  const lab = await datasetLab();
  const { datasets, actor } = lab;
  const size = async () => {
    const [row] = await database().$queryRaw<{ size: bigint }[]>`
      SELECT sum(pg_total_relation_size(c.oid))::bigint AS size FROM pg_class c
      WHERE c.relname IN ('training_examples', 'dataset_versions', 'dataset_issues', 'audit_log', 'outbox')`;
    return Number(row?.size ?? 0);
  };
  const filler = ' the quick brown fox jumps over the lazy dog'.repeat(6);
  const lines = makeRows(rows).map((line) => line.replace('what is', `${filler}, what is`));
  const bytes = Buffer.from(lines.join('\n'));
  const started = performance.now();
  const { datasetId, status } = await lab.importBytes(bytes);
  const seconds = (performance.now() - started) / 1000;
  await database().$executeRawUnsafe('VACUUM ANALYZE training_examples');
  const mb = (count: number) => (count / 1e6).toFixed(2);
  console.log(`${rows.toLocaleString('en-US')} rows, ${mb(bytes.length)} MB, ${status} in ${seconds.toFixed(0)} s`);
  console.log(`database ${mb(await size())} MB, Node ${process.version}`);

  const newest = async () => (await datasets.get(actor, datasetId)).version;
  const someRow = async (line: number) => {
    const { id } = await newest();
    const page = await datasets.examples(actor, { datasetId, versionId: id, line, limit: 1 });
    return page.items[0]?.id ?? '';
  };
  const change = async (what: DatasetChange) => {
    const { id: versionId } = await newest();
    const before = await size();
    const begun = performance.now();
    const made = await datasets.change(actor, { datasetId, versionId, change: what });
    const asked = performance.now() - begun;
    if (made.status !== 'ready') await datasets.runChange(actor.workspaceId, made.versionId);
    const wall = performance.now() - begun;
    const version = await newest();
    const note = made.status === 'ready' ? '' : `, asked in ${asked.toFixed(0)} ms`;
    return { wall, more: (await size()) - before, rows: version.rows, status: version.status, note };
  };
  const single: [string, (line: number) => Promise<DatasetChange>][] = [
    [
      'edit',
      async (line) => ({
        kind: 'edit',
        id: await someRow(line),
        body: (lines[line] ?? '').replace('Answer', 'Edited'),
      }),
    ],
    ['add', async (line) => ({ kind: 'add', body: (lines[line] ?? '').replace('Answer', 'Added'), split: 'train' })],
    ['duplicate', async (line) => ({ kind: 'duplicate', ids: [await someRow(line)] })],
    ['move', async (line) => ({ kind: 'move', ids: [await someRow(line)], split: 'holdout' })],
    ['delete', async (line) => ({ kind: 'delete', ids: [await someRow(line)] })],
  ];
  for (const [name, make] of single) {
    const made: Awaited<ReturnType<typeof change>>[] = [];
    for (let i = 0; i < REPEATS; i++) {
      const what = await make(Math.floor(((i + 0.5) * rows) / REPEATS) + single.findIndex(([one]) => one === name));
      try {
        made.push(await change(what));
      } catch (error) {
        console.log(name, String(error));
      }
    }
    const walls = made.map(({ wall }) => wall).sort((a, b) => a - b);
    const most = Math.max(...made.map(({ more }) => more));
    console.log(
      `${name.padEnd(12)} median ${walls[Math.floor(walls.length / 2)]?.toFixed(0)} ms, slowest ${walls.at(-1)?.toFixed(0)} ms, at most ${mb(most)} MB more`,
    );
  }
  const many: [string, DatasetChange][] = [
    ['back to version 1', { kind: 'goBack', number: 1 }],
    ['rows with a word deleted', { kind: 'deleteMatching', filter: { search: 'one-777' } }],
    ['trim, nothing to do', { kind: 'trim', filter: {} }],
    ['system prompt replaced', { kind: 'replaceSystemPrompt', text: 'Answer kindly.', filter: { flag: 'system' } }],
    ['split anew', { kind: 'resplit', validationShare: 0.05, holdoutShare: 0.05, seed: 7, stratify: false }],
  ];
  for (const [name, what] of many) {
    const { wall, more, rows: left, status: ended, note } = await change(what);
    console.log(`${name.padEnd(24)} ${(wall / 1000).toFixed(1)} s, ${mb(more)} MB more, ${left} rows, ${ended}${note}`);
  }
  await closeDatasetLab();
} finally {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
