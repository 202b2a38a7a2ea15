// How fast files are read, against the least that has to happen to them. Figures and machine: docs/benchmarks.md.
//   npm run bench:ingest -- --rows N [--file F] [--rounds R] [--no-near] [--json]
// Makes a seeded file of N chats, or takes the first N rows of F. Floor and import alternate, at least three rounds after a
// warm one; medians are told. CPU is user + system seconds: of the app's process and of the one below it that reads the file,
// plus Postgres with all its processes. `peakRssMb` is the resident memory of the process that reads, `treePeakRssMb` that of
// both.
import { once } from 'node:events';
import { chmodSync, createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { benchDatabase, databaseBytes } from './database';
import { floor } from './floor';
import { ImportProcess } from './import-process';
import { childrenOf, cpuOfTree, forgetPeak, peakRss } from './process-usage';
import { chatRows } from './rows';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    file: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    'no-near': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Math.max(3, Number(values.rounds));

interface Round {
  wall: number;
  nodeCpu: number;
  postgresCpu: number;
  /** Of the process that reads the file, and of the app's. */
  peakRss: number;
  appPeakRss: number;
}

const say = (text: string) => {
  if (!values.json) console.log(text);
};

async function writeRows(target: string, wanted: number): Promise<number> {
  const out = createWriteStream(target);
  let rows = 0;
  const write = async (text: string) => {
    if (!out.write(text)) await once(out, 'drain');
  };
  if (values.file === undefined) {
    for (const batch of chatRows(wanted)) await write(batch);
    rows = wanted;
  } else {
    for await (const line of createInterface({
      input: createReadStream(values.file),
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      if (rows >= wanted) break;
      if (line.trim() === '') continue;
      await write(`${line}\n`);
      rows++;
    }
  }
  out.end();
  await finished(out);
  return rows;
}

async function measured(work: () => Promise<Omit<Round, 'postgresCpu'>>): Promise<Round> {
  await client.query('CHECKPOINT');
  const before = cpuOfTree(database.pid);
  const round = await work();
  return { ...round, postgresCpu: cpuOfTree(database.pid) - before };
}

const floorRound = () =>
  measured(async () => {
    const startedAt = performance.now();
    const before = process.cpuUsage();
    await floor(file, client);
    const { user, system } = process.cpuUsage(before);
    return { wall: (performance.now() - startedAt) / 1000, nodeCpu: (user + system) / 1e6, peakRss: 0, appPeakRss: 0 };
  });

const importRound = () =>
  measured(async () => {
    let before = 0;
    const { rows: arrived, wall } = await importer.import(file, () => {
      before = cpuOfTree(importer.pid);
      for (const pid of [importer.pid, ...childrenOf(importer.pid)]) forgetPeak(pid);
    });
    if (arrived !== rows)
      throw new Error(`Only ${arrived} of ${rows} rows arrived: the floor would be another file's.`);
    const nodeCpu = cpuOfTree(importer.pid) - before;
    const peak = Math.max(...childrenOf(importer.pid).map(peakRss));
    return { wall, nodeCpu, peakRss: peak, appPeakRss: peakRss(importer.pid) };
  });

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
const cpuOf = ({ nodeCpu, postgresCpu }: Round): number => nodeCpu + postgresCpu;
const rounded = (value: number, digits = 3): number => Number(value.toFixed(digits));

function describe(name: string, round: Round): string {
  const peak =
    round.peakRss > 0 ? ` · peak ${Math.round(round.peakRss / 1e6)} + ${Math.round(round.appPeakRss / 1e6)} MB` : '';
  const cpu = `CPU ${round.nodeCpu.toFixed(2)} + ${round.postgresCpu.toFixed(2)} s`;
  return `${name.padEnd(8)} ${round.wall.toFixed(2)} s · ${cpu}${peak} · ${(bytes / 1e6 / round.wall).toFixed(1)} MB/s`;
}

const folder = mkdtempSync(path.join(tmpdir(), 'tuneloop-bench-'));
chmodSync(folder, 0o755);
const file = path.join(folder, 'rows.jsonl');
const rows = await writeRows(file, Number(values.rows));
const bytes = statSync(file).size;
say(`${rows.toLocaleString('en-US')} rows, ${(bytes / 1e6).toFixed(1)} MB, Node ${process.version}`);
const database = await benchDatabase(folder);
const client = new pg.Client({ connectionString: database.url });
await client.connect();
const importer = await ImportProcess.start(database.url, database.filesDir, { nearDuplicates: !values['no-near'] });
try {
  say(describe('warm-up', await importRound()));
  const size = await databaseBytes(client);
  const floors: Round[] = [];
  const imports: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    await client.query('DROP TABLE IF EXISTS floor');
    floors.push(await floorRound());
    await client.query('DROP TABLE floor');
    // Every round writes into the same empty tables.
    await client.query('TRUNCATE fine_tuning_datasets CASCADE');
    await client.query('TRUNCATE training_examples');
    imports.push(await importRound());
    say(describe('floor', floors.at(-1) as Round));
    say(describe('import', imports.at(-1) as Round));
  }
  const seconds = median(imports.map(({ wall }) => wall));
  const cpuSeconds = median(imports.map(cpuOf));
  const floorSeconds = median(floors.map(({ wall }) => wall));
  const floorCpuSeconds = median(floors.map(cpuOf));
  say(`database: ${(size / 1e6).toFixed(0)} MB with all indexes, ${(size / bytes).toFixed(2)} x the file's bytes`);
  say(`CPU: ${(cpuSeconds / floorCpuSeconds).toFixed(2)} x the floor's`);
  if (!values.json) {
    await client.query('TRUNCATE fine_tuning_datasets CASCADE');
    await client.query('TRUNCATE training_examples');
    const { answers } = await importer.import(file, () => undefined, true);
    const sorted = answers.sort((a, b) => a - b);
    const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
    say(`meanwhile: ${sorted.length} lists of datasets, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
  }
  const figures = {
    rows,
    bytes,
    seconds: rounded(seconds),
    cpuSeconds: rounded(cpuSeconds),
    rowsPerSecond: Math.round(rows / seconds),
    floorSeconds: rounded(floorSeconds),
    floorCpuSeconds: rounded(floorCpuSeconds),
    ratioToFloor: rounded(seconds / floorSeconds, 2),
    cpuRatioToFloor: rounded(cpuSeconds / floorCpuSeconds, 2),
    peakRssMb: Math.round(Math.max(...imports.map(({ peakRss }) => peakRss)) / 1e6),
    treePeakRssMb: Math.round(Math.max(...imports.map(({ peakRss, appPeakRss }) => peakRss + appPeakRss)) / 1e6),
    nearDuplicates: !values['no-near'],
  };
  console.log(JSON.stringify(figures));
} finally {
  await importer.stop();
  await client.end();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
