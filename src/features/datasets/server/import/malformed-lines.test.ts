import { describe, expect, it } from 'vitest';
import { problemKinds } from '../../problem.rules';
import { ExampleIntake } from './example-intake';
import { Findings } from './findings';
import { TokenCounter } from './o200k/counter';
import { TokenEngine } from './o200k/engine';
import { parseLine } from './parse-line';
import { Judge } from './quality/judge';

const SEED = 20_261_125;
const LINES = 100_000;

/** The same numbers on every run (mulberry32). */
let state = SEED;
function next(below: number): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % below;
}

const pick = <T>(list: readonly T[]): T => list[next(list.length)] as T;
const TEXTS = ['Hi', 'What is 2 + 2?', 'Größe 😀', '漢字', '{"a": 1}', '\u0000', '\ud800', '', ' ', 'x'.repeat(300)];
const JUNK = [null, true, 0, -1.5, 'text', [], {}, [[]], [null], { role: 'user' }, { type: 'text' }];

type Row = Record<string, unknown> & { messages: Record<string, unknown>[] };
const goodRow = (): Row => ({
  messages: [
    { role: 'user', content: `Question ${next(1e6)}` },
    { role: 'assistant', content: `Answer ${next(1e6)}` },
  ],
});

/** Each makes a row that cannot be trained on, whatever the rest of it is. */
const spoilers: readonly ((row: Row) => unknown)[] = [
  (row) => ({ ...row, messages: pick(JUNK.filter((value) => !Array.isArray(value) || value.length === 0)) }),
  ({ messages: _, ...row }) => ({ ...row, [pick(['prompt', 'text', 'message'])]: pick(TEXTS) }),
  () => pick(JUNK.filter((value) => typeof value !== 'object' || value === null || Array.isArray(value))),
  (row) => ({ ...row, messages: [pick(['a', 7, null, true]), ...row.messages] }),
  (row) => ({
    ...row,
    messages: [{ role: pick(['bot', 'User', '', null, 3, {}]), content: pick(TEXTS) }, ...row.messages],
  }),
  (row) => ({
    ...row,
    messages: [{ role: 'user', content: pick([7, true, {}, [], [1], [{ type: 'audio' }]]) }, ...row.messages],
  }),
  (row) => ({ ...row, messages: [{ role: pick(['user', 'system']) }, ...row.messages] }),
  (row) => ({ ...row, messages: [...row.messages, { role: 'user', content: pick(TEXTS) }] }),
  (row) => ({ ...row, messages: [...row.messages, { role: 'assistant', content: pick(['', null]) }] }),
  (row) => ({ ...row, messages: row.messages.map((message) => ({ ...message, weight: pick([2, '1', 0.5, {}]) })) }),
  (row) => ({
    ...row,
    messages: [{ role: 'user', content: 'a', name: pick([7, '', 'n'.repeat(65), {}]) }, ...row.messages],
  }),
  (row) => ({
    ...row,
    messages: [{ role: 'tool', content: 'x', tool_call_id: pick([undefined, 1, 'zz']) }, ...row.messages],
  }),
  (row) => ({
    ...row,
    messages: [{ role: 'assistant', tool_calls: pick<unknown>([1, [], [{}], [{ id: 'a' }], 'x']) }, ...row.messages],
  }),
  (row) => ({ ...row, tools: pick([1, 'x', [{}], [{ type: 'function' }], {}]) }),
  (row) => ({ ...row, parallel_tool_calls: pick(['yes', 1, null, {}]) }),
];

/** Bytes that are no line of JSON at all, or none that can be relied on. */
function brokenLine(): Buffer {
  const text = JSON.stringify(goodRow());
  const at = 1 + next(text.length - 2);
  const kind = next(6);
  if (kind === 0) return Buffer.from(text.slice(0, at));
  if (kind === 1) return Buffer.from(`${text}${pick(['}', ']', ',', 'x', '{}'])}`);
  if (kind === 2)
    return Buffer.concat([
      Buffer.from(text.slice(0, 30)),
      Buffer.from([0xc3, 0x28, 0xff]),
      Buffer.from(text.slice(30)),
    ]);
  if (kind === 3) return Buffer.from(`${'['.repeat(65 + next(200))}${']'.repeat(next(200))}`);
  if (kind === 4) return Buffer.from(text.replace('"role":"user"', '"role":"user","role":"user"'));
  return Buffer.from(text.replace(':', pick(['', '=', '::', ';'])));
}

const malformed = (): Buffer =>
  next(3) === 0 ? brokenLine() : Buffer.from(JSON.stringify(pick(spoilers)(goodRow())) ?? '');

/** Keeps all findings as an import does, and those of the line at hand by themselves. */
class LineFindings extends Findings {
  own: { code: string; severity: string; path: string | undefined; message: string; line: number | null }[] = [];

  override add(...[code, place]: Parameters<Findings['add']>): ReturnType<Findings['add']> {
    const severity = super.add(code, place);
    this.own.push({ code, severity, path: place.path, message: place.message, line: place.line });
    return severity;
  }
}

describe('malformed lines', () => {
  it(`are each kept out with line, path and reason, none crashes (seed ${SEED})`, () => {
    const findings = new LineFindings();
    let written = 0;
    const writer = { add: () => void written++ };
    const counter = new TokenCounter(new TokenEngine());
    const judge = new Judge({ engine: counter.rows, nearDuplicates: true, sideOf: () => 0 });
    const intake = new ExampleIntake({ findings, statistics: { add: () => 0 }, writer, counter, judge });
    let before = 0;
    for (let line = 1; line <= LINES; line++) {
      const bytes = malformed();
      findings.own = [];
      const taken = intake.takePlain({ line, ordinal: line, body: bytes });
      const parsed = parseLine(bytes);
      if ('problem' in parsed) {
        const { code, path, message } = parsed.problem;
        findings.add(code, { line, path: path ?? '$', message, excerpt: parsed.text });
      } else if (taken || intake.take(parsed.row, { line, ordinal: line, body: bytes }))
        throw new Error(`Seed ${SEED}, line ${line} was taken: ${bytes}`);
      const errors = findings.own.filter(({ severity }) => severity === 'error');
      if (errors.length === 0) throw new Error(`Seed ${SEED}, line ${line} has no reason: ${bytes}`);
      for (const { code, message, path, line: at } of errors)
        if (!(code in problemKinds) || message.length < 10 || !path || at !== line)
          throw new Error(`Seed ${SEED}, line ${line}: "${code}" at ${path} says "${message}".`);
      if (line === LINES / 2) before = process.memoryUsage().heapUsed;
    }
    intake.end();
    expect(written).toBe(0);
    expect(intake.rows).toBe(0);
    // As many places are kept of a hundred thousand lines as of some thousand.
    expect(findings.kept.length).toBeLessThanOrEqual(100 * Object.keys(problemKinds).length);
    expect((process.memoryUsage().heapUsed - before) / 2 ** 20).toBeLessThan(120);
  }, 60_000);
});
