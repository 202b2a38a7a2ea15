// How long it takes to tell two versions apart, and to give one out. Figures and machine: docs/benchmarks.md.
//   npx tsx --conditions=react-server scripts/bench/versions.ts [rows]
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startCluster } from '../postgres/cluster';
import { measure } from './measure';

const rows = Number(process.argv[2] ?? 1_000_000);
const CHANGED = 1000;
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
  const { datasetLab, closeDatasetLab } = await import('../../src/testing/dataset-lab');
  const { datasets, actor } = await datasetLab();
  const { workspaceId } = actor;
  const dataset = await database().dataset.create({ data: { workspaceId, name: 'Bench' } });
  const versionIds: string[] = [];
  const addVersion = async () => {
    const number = versionIds.length + 1;
    const version = { workspaceId, datasetId: dataset.id, number, source: 'upload', status: 'ready', rows };
    versionIds.push((await database().datasetVersion.create({ data: version })).id);
    return number;
  };
  /** About 510 bytes each. Texts differ from those of version 1 in the rows with a number below `changed`. */
  const write = (version: number, from: number, to: number, changed: number) =>
    database().$executeRawUnsafe(`
      INSERT INTO training_examples (id, dataset_id, from_version, ordinal, line, body, tokens, trainable_tokens, content_hash, split)
      SELECT example_id(place), '${dataset.id}', ${version}, place, i,
        '{"messages":[{"role":"user","content":"Question ' || i || ' ' || repeat(md5(i::text) || ' ', 5) ||
        '"},{"role":"assistant","content":"' || repeat(md5((i + 7)::text) || ' ', 7) ||
        CASE WHEN i < ${changed} THEN 'other' ELSE 'words' END || '"}]}',
        120, 60, hashtextextended(i::text || CASE WHEN i < ${changed} THEN 'other' ELSE '' END, 0),
        (hashtextextended(i::text, 1) & 15 > 13)::int
      FROM generate_series(${from}, ${to}) i,
        LATERAL (SELECT i::bigint * 512 + CASE WHEN i < ${changed} THEN 0 ELSE ${changed > 0 ? 9 : 0} END AS place) p`);
  const close = (version: number, where: string) =>
    database().$executeRawUnsafe(
      `UPDATE training_examples SET to_version = ${version} WHERE dataset_id = '${dataset.id}' AND from_version < ${version} AND to_version IS NULL AND ${where}`,
    );
  const tell = async (name: string, work: () => Promise<unknown>) => {
    let said: unknown;
    const usage = await measure(cluster.pid, async () => {
      said = await work();
    });
    const cpu = `CPU ${usage.nodeCpu.toFixed(2)} + ${usage.postgresCpu.toFixed(2)} s`;
    console.log(
      `${name.padEnd(44)} ${usage.wall.toFixed(3)} s · ${cpu} · peak ${Math.round(usage.peakRss / 1e6)} MB · ${said}`,
    );
  };
  const diff = async (from: number, to: number) => {
    const ref = { datasetId: dataset.id, fromId: versionIds[from - 1] ?? '', toId: versionIds[to - 1] ?? '' };
    const { counts } = await datasets.diff(actor, ref);
    return JSON.stringify(counts);
  };

  await write(await addVersion(), 1, rows, 0);
  const edited = await addVersion();
  await close(edited, `line < ${CHANGED}`);
  await write(edited, 1, CHANGED - 1, CHANGED);
  await database().$executeRawUnsafe('ANALYZE training_examples');
  console.log(`${rows.toLocaleString('en-US')} rows, Node ${process.version}`);
  await tell(`diff: ${CHANGED} rows edited`, () => diff(1, edited));
  await tell('the same again', () => diff(1, edited));
  const again = await addVersion();
  await close(again, 'true');
  await write(again, 1, rows, CHANGED);
  await database().$executeRawUnsafe('ANALYZE training_examples');
  await tell(`diff: file came again, ${CHANGED} rows other`, () => diff(1, again));
  for (const format of ['jsonl', 'csv', 'parquet', 'training'] as const) {
    const choice = { datasetId: dataset.id, version: again, format, gzip: false, bom: false };
    await tell(`export: ${format}`, async () => `${(await datasets.exportDigest(actor, choice)).bytes} bytes`);
  }
  const all = await addVersion();
  await close(all, 'true');
  await database().$executeRawUnsafe(`
    INSERT INTO training_examples (id, dataset_id, from_version, ordinal, line, body, tokens, trainable_tokens, content_hash, split)
    SELECT example_id(ordinal), dataset_id, ${all}, ordinal, line, body, tokens, trainable_tokens, content_hash + 1, split
    FROM training_examples WHERE dataset_id = '${dataset.id}' AND from_version = ${again}`);
  await tell('diff: every row edited', () => diff(again, all));
  await closeDatasetLab();
} finally {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
