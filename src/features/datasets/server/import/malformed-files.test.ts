import { expect, it } from 'vitest';
import { detectFormat } from '../../formats/detect-format';
import { sampleOf } from '../../formats/sample';
import { FileAnalysis } from './file-analysis';
import type { ImportOutcome } from './import-outcome';
import { TokenCounter } from './o200k/counter';
import { loadEngine } from './o200k/engine';
import { ranksFile } from './o200k/ranks-file';

const counter = new TokenCounter(loadEngine(ranksFile()));
const ROWS = 12;
const FILES = 1000;

/** mulberry32 (public domain): small, and the same on every machine. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const each = <T>(make: (question: string, answer: string) => T): T[] =>
  Array.from({ length: ROWS }, (_, i) => make(`Question ${i}, "quoted"\nand é 漢`, `Answer ${i}; {x}`));
const chat = each((q, a) => ({
  messages: [
    { role: 'user', content: q },
    { role: 'assistant', content: a },
  ],
}));
const lines = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const table = (sign: string, rows: readonly string[][]) =>
  rows.map((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(sign)}\r\n`).join('');

const files: Record<string, string> = {
  chat: lines(chat),
  chatList: JSON.stringify(chat),
  chatSpread: JSON.stringify(chat, null, 2),
  pairs: lines(each((prompt, completion) => ({ prompt, completion }))),
  shareGpt: JSON.stringify(
    each((q, a) => ({
      conversations: [
        { from: 'human', value: q },
        { from: 'gpt', value: a },
      ],
    })),
    null,
    1,
  ),
  alpaca: `[${each((instruction, output) => JSON.stringify({ instruction, input: '', output })).join(',\n')}]`,
  preference: lines(each((prompt, chosen) => ({ prompt, chosen, rejected: 'no' }))),
  viewer: JSON.stringify({
    features: [{ a: 1 }],
    rows: each((prompt, completion) => ({ row_idx: 1, row: { prompt, completion } })),
  }),
  stored: lines(
    each((q, a) => ({
      messages: [{ role: 'user', content: q }],
      choices: [{ message: { role: 'assistant', content: a } }],
    })),
  ),
  langfuse: JSON.stringify(each((question, a) => ({ input: { question }, expectedOutput: a }))),
  csv: table(',', [['question', 'answer', 'id'], ...each((q, a) => [q, a, '1'])]),
  tsv: table('\t', [['question', 'answer'], ...each((q, a) => [q, a])]),
};

const JUNK = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  '\n',
  '\r',
  '\u0000',
  '\\u0000',
  '\ud83d',
  '""',
  '<',
  '{"',
  '"}',
  ':',
  'null',
  '1e999',
  '\t;',
  '['.repeat(300),
];

function damage(file: Buffer, below: (max: number) => number): Buffer {
  const at = below(file.length);
  const cut = at + 1 + below(40);
  const [head, tail] = [file.subarray(0, at), file.subarray(at)];
  const rest = file.subarray(Math.min(cut, file.length));
  const ways = [
    () => Buffer.concat([head, Buffer.from([below(256)]), file.subarray(at + 1)]),
    () => Buffer.concat([head, rest]),
    () => Buffer.concat([head, Buffer.from(JUNK[below(JUNK.length)] ?? ''), tail]),
    () => head,
    () => Buffer.concat([head, file.subarray(at, cut), file.subarray(at, cut), rest]),
    () => Buffer.concat([rest, head]),
  ];
  return ways[below(ways.length)]?.() ?? file;
}

function read(file: Buffer, piece: number): ImportOutcome {
  const analysis = new FileAnalysis(
    { datasetId: '01a00000-0000-7000-8000-000000000000', number: 1, seed: 1, format: null, nearDuplicates: false },
    counter,
  );
  for (let at = 0; at < file.length; at += piece) {
    analysis.push(Buffer.from(file.subarray(at, at + piece)));
    analysis.takeRows();
  }
  const outcome = analysis.end();
  analysis.takeRows();
  return outcome;
}

it.each(Object.entries(files))('reads every row of the undamaged file: %s', (_, text) => {
  expect(read(Buffer.from(text), 97)).toMatchObject({ rows: ROWS, rejectedRows: 0, refusal: null });
});

const seed = Number(process.env.TEST_SEED ?? 20_261_125);

it(`reports whatever is broken in ${FILES} damaged files, and loses no row in silence (seed ${seed})`, () => {
  const below = randomFrom(seed);
  const kinds = Object.keys(files);
  for (let i = 0; i < FILES; i++) {
    const kind = kinds[i % kinds.length] ?? '';
    let file: Buffer = Buffer.from(files[kind] ?? '');
    for (let hits = 1 + below(3); hits > 0 && file.length > 0; hits--) file = damage(file, below);
    const label = `${kind} number ${i}: ${JSON.stringify(file.toString('latin1').slice(0, 300))}`;
    const { rows, rejectedRows, refusal, findings, stats } = read(file, 1 + below(5000));
    if (rows === 0) expect(refusal, label).toMatch(/\.$/);
    // A file that ends after a whole row is one that had no more.
    const isShorter = (files[kind] ?? '').startsWith(file.toString());
    if (rows < ROWS && !isShorter) expect(Object.keys(stats.problems).length, label).toBeGreaterThan(0);
    expect(findings.length, label).toBeLessThanOrEqual(100 * Object.keys(stats.problems).length);
    for (const { severity, line, path, message, excerpt } of findings) {
      expect(message, label).toMatch(/\S/);
      if (severity === 'error' && rejectedRows > 0 && rows > 0) expect(line === null || line > 0, label).toBe(true);
      expect((path ?? '').length + message.length + (excerpt ?? '').length, label).toBeLessThan(700);
    }
    // The browser looks at the same bytes before anybody uploads them.
    const { format } = detectFormat(file, true);
    expect(sampleOf(file, true, format).examples.length, label).toBeLessThanOrEqual(3);
  }
}, 30_000);
