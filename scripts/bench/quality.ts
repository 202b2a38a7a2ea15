// Whether the score tells good rows from spoiled ones, through the code of the import. Figures: docs/quality.md.
//   npm run bench:quality [-- --json]
import { ExampleIntake } from '../../src/features/datasets/server/import/example-intake';
import { Findings } from '../../src/features/datasets/server/import/findings';
import { TokenCounter } from '../../src/features/datasets/server/import/o200k/counter';
import { loadEngine } from '../../src/features/datasets/server/import/o200k/engine';
import { ranksFile } from '../../src/features/datasets/server/import/o200k/ranks-file';
import { Judge } from '../../src/features/datasets/server/import/quality/judge';
import { Statistics } from '../../src/features/datasets/server/import/statistics';
import { corpora } from './quality-corpora';
import { type Corruption, corrupt, corruptions, type Marked } from './quality-corruptions';

const SEED = 4;
const counter = new TokenCounter(loadEngine(ranksFile()));

/** The score of each row, in their order. */
function scores(rows: readonly Marked[]): number[] {
  const findings = new Findings();
  const statistics = new Statistics(42);
  const judge = new Judge({ engine: counter.rows, nearDuplicates: true, sideOf: (hash) => statistics.sideOf(hash) });
  const found: number[] = [];
  const writer = { add: ({ score }: { score: number }) => void found.push(score) };
  const intake = new ExampleIntake({ findings, statistics, writer, counter, judge });
  rows.forEach(({ question, answer }, i) => {
    const messages = [
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ];
    const body = Buffer.from(JSON.stringify({ messages }));
    if (!intake.take({ messages }, { line: i + 1, ordinal: i, body })) throw new Error(`Row ${i + 1} was refused.`);
  });
  intake.end();
  return found;
}

/** How often a good row has the higher score than a spoiled one; equal scores count half (area under the ROC curve). */
function auc(rows: readonly Marked[]): number {
  const all = scores(rows);
  const good = all.filter((_, i) => !rows[i]?.corrupted);
  const spoiled = all.filter((_, i) => rows[i]?.corrupted);
  let won = 0;
  for (const a of good) for (const b of spoiled) won += a > b ? 1 : a === b ? 0.5 : 0;
  return won / (good.length * spoiled.length);
}

const table = corpora().map((corpus) => ({
  corpus: corpus.name,
  rows: corpus.pairs.length,
  auc: Object.fromEntries(
    corruptions.map((kind) => {
      const rows = corrupt(corpus, kind, SEED);
      return [kind, rows && Math.round(auc(rows) * 1000) / 1000];
    }),
  ) as Record<Corruption, number | null>,
}));

if (process.argv.includes('--json')) console.log(JSON.stringify({ seed: SEED, node: process.version, table }));
else {
  console.log(`Area under the curve, a fifth of the rows spoiled, seed ${SEED}, Node ${process.version}`);
  console.log(['corpus'.padEnd(16), 'rows', ...corruptions].join(' | '));
  for (const { corpus, rows, auc: by } of table)
    console.log(
      [
        corpus.padEnd(16),
        String(rows).padStart(4),
        ...corruptions.map((kind) => (by[kind]?.toFixed(3) ?? '-').padStart(kind.length)),
      ].join(' | '),
    );
}
