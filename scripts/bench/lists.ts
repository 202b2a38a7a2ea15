// How quick lists of examples are at a million rows: pages, each filter, search for common and rare words; and how large
// the database is. Figures and machine: docs/benchmarks.md.
//   npx tsx scripts/bench/lists.ts [--rows N] [--rounds R]
// Of several rounds the best time of each list counts, so that other work on the machine does not. CPU is user + system
// seconds of the asking process and of Postgres, for one list on the average.
import { once } from 'node:events';
import { chmodSync, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import type { ExampleListInput } from '../../src/features/datasets/dataset.schema';
import { benchDatabase, databaseBytes } from './database';
import { ImportProcess } from './import-process';
import { cpuOfTree } from './process-usage';
import { chatRows } from './rows';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '1' } },
});
const wanted = Number(values.rows);
const ASKED = 40;
const rounds = Number(values.rounds);

/** Words by how often they stand in the sample: chosen by chance among those in a range of counts. */
function wordsByCount(sample: string, from: number, to: number): string[] {
  const counts = new Map<string, number>();
  for (const [word] of sample.matchAll(/[a-z]{4,}/g)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const found = [...counts].filter(([, count]) => count >= from && count < to).map(([word]) => word);
  return Array.from({ length: ASKED }, (_, i) => found[Math.floor((i * found.length) / ASKED)] ?? 'nothing');
}

const folder = mkdtempSync(path.join(tmpdir(), 'tuneloop-bench-'));
chmodSync(folder, 0o755);
const file = path.join(folder, 'rows.jsonl');
const out = createWriteStream(file);
let sample = '';
for (const batch of chatRows(wanted)) {
  if (sample.length < 20_000_000) sample += batch;
  if (!out.write(batch)) await once(out, 'drain');
}
out.end();
await finished(out);
const bytes = statSync(file).size;
const database = await benchDatabase(folder);
const client = new pg.Client({ connectionString: database.url });
await client.connect();
const importer = await ImportProcess.start(database.url, database.filesDir, { nearDuplicates: false });
try {
  const { datasetId, versionId, rows } = await importer.import(file);
  const size = await databaseBytes(client);
  console.log(
    `${rows.toLocaleString('en-US')} rows, ${(bytes / 1e6).toFixed(0)} MB; database ${(size / bytes).toFixed(2)} x`,
  );
  const sizes = await client.query(
    `SELECT relname AS name, pg_total_relation_size(oid) / 1000000 AS mb FROM pg_class
     WHERE relname ~ '^(training_examples|example_words)' AND relkind IN ('r', 'i') ORDER BY 1`,
  );
  for (const { name, mb } of sizes.rows) console.log(`  ${name}: ${mb} MB`);
  await client.query('VACUUM (ANALYZE) training_examples');
  const middle = Math.floor(bytes / 2);
  const page = (over: Partial<ExampleListInput>): ExampleListInput => ({ datasetId, versionId, limit: 50, ...over });
  const times = (over: (i: number) => Partial<ExampleListInput>) =>
    Array.from({ length: ASKED }, (_, i) => page(over(i)));
  const cursor = (place: number) =>
    Buffer.from(JSON.stringify([String(place), '00000000-0000-0000-0000-000000000000'])).toString('base64url');
  const questions: Record<string, ExampleListInput[]> = {
    'a page': times((i) => ({ cursor: cursor(middle + i * 1000) })),
    'a split': times((i) => ({ split: 'holdout', cursor: cursor(i * 100_000) })),
    'a common flag': times((i) => ({ flag: 'multiTurn', cursor: cursor(i * 100_000) })),
    'a rare flag': times((i) => ({ flag: i % 2 ? 'duplicate' : 'tools' })),
    'a low score': times((i) => ({ maxScore: 20 + i })),
    'few tokens': times((i) => ({ maxTokens: 20 + i })),
    'many tokens': times((i) => ({ minTokens: 400 + i * 3 })),
    'a line': times((i) => ({ line: 1 + Math.floor((i * rows) / ASKED) })),
    'common words': wordsByCount(sample, 20_000, 1e9).map((search) => page({ search })),
    'words in between': wordsByCount(sample, 100, 1000).map((search) => page({ search })),
    'rare words': wordsByCount(sample, 1, 4).map((search) => page({ search })),
    'words that are nowhere': times((i) => ({ search: `zzyx${i}qq` })),
    'two words': wordsByCount(sample, 500, 5000).map((word, i, all) =>
      page({ search: `${word} ${all[ASKED - 1 - i]}` }),
    ),
    'a word in a split': wordsByCount(sample, 50, 500).map((search) => page({ search, split: 'validation' })),
    'the worst, the longest': times((i) => ({ sort: i % 2 ? 'longest' : 'worst', limit: 50 + i })),
    'the best, the shortest': times((i) => ({ sort: i % 2 ? 'shortest' : 'best', limit: 50 + i })),
    'the worst with a word': wordsByCount(sample, 500, 5000).map((search) => page({ search, sort: 'worst' })),
    'the best below a score': times((i) => ({ sort: 'best', maxScore: 60 + (i % 20) })),
    'the shortest from a length on': times((i) => ({ sort: 'shortest', minTokens: 200 + i * 10 })),
    'the longest of a split': times((i) => ({ split: 'holdout', sort: 'longest', limit: 50 + i })),
  };
  for (const [name, inputs] of Object.entries(questions)) {
    await importer.lists(inputs.slice(0, 5));
    const cpu = () => cpuOfTree(importer.pid) + cpuOfTree(database.pid);
    const before = cpu();
    const { times: took, rows: found } = await importer.lists(inputs);
    for (let round = 1; round < rounds; round++)
      (await importer.lists(inputs)).times.forEach((time, i) => {
        took[i] = Math.min(took[i] ?? time, time);
      });
    const each = ((cpu() - before) * 1000) / rounds / inputs.length;
    const sorted = [...took].sort((a, b) => a - b);
    const at = (share: number) =>
      (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
    console.log(
      `${name.padEnd(24)} p50 ${at(0.5)} ms · p95 ${at(0.95)} ms · CPU ${each.toFixed(1)} ms · ${found.reduce((a, b) => a + b, 0)} rows`,
    );
  }
} finally {
  await importer.stop();
  await client.end();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
