import { afterEach, describe, expect, it, vi } from 'vitest';
import { FileAnalysis } from './file-analysis';
import { TokenCounter } from './o200k/counter';
import { loadEngine } from './o200k/engine';
import { ranksFile } from './o200k/ranks-file';

const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);
/** A few seconds on a busy machine. */
const TIMEOUT = 60_000;
const counter = new TokenCounter(loadEngine(ranksFile()));

/** Numbers below 2^32 that are the same on every run (mulberry32). */
function generator(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    const t = Math.imul(state ^ (state >>> 15), 1 | state);
    const mixed = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

const SYLLABLES = ['ka', 'lo', 'mi', 'ren', 'sta', 'ver', 'qui', 'ton', 'ble', 'du', 'fen', 'gor', 'hil', 'nov', 'pel'];
/** What a check may have something to say about, and what only looks like it. */
const TRICKY = [
  ...['I cannot help with that', 'As an AI language model', 'a.b@example.org', '<b>bold</b>', '&amp;', '```js', '`x`'],
  ...[
    '-----BEGIN RSA PRIVATE KEY-----',
    'a - b',
    '--',
    'Straße',
    'naïve',
    'Ã©',
    'â€™',
    'Привет, как дела',
    '申し訳ありません',
  ],
  ...[
    '한국어 문장입니다',
    '🙂',
    'the',
    'and the',
    '{"a": [1,',
    '[1, 2',
    'x'.repeat(60),
    '49170123456789',
    'password hunter2',
  ],
  ...['\n\n- one\n- two', '\t', 'end.', 'end,', 'end…', 'end🙂', 'ende”', '42', 'ja', 'o’clock', 'don’t', "it's"],
];

interface Message {
  role: string;
  content: unknown;
  weight?: number;
}

/** Enough usual rows come first for it to be known what is usual. */
const USUAL_ROWS = 2600;

/** What the answers of a file have to do with their questions: nothing, the same subject, or they say which it is. */
type Kind = 'chance' | 'subject' | 'label';
const LABELS = ['positive', 'negative', 'neutral', 'a bug', 'a wish'];
const SUBJECT_WORDS = 8;

/** Rows of a file in which most are as usual, and some of everything else. */
class RowMaker {
  private readonly known: Message[][] = [];
  private readonly subjects: string[][];

  constructor(
    private readonly next: () => number,
    private readonly kind: Kind,
  ) {
    const subjects = kind === 'label' ? LABELS.length : 40;
    this.subjects = Array.from({ length: subjects }, () => Array.from({ length: SUBJECT_WORDS }, () => this.word()));
  }

  private below(n: number): number {
    return this.next() % n;
  }

  private pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  private word(): string {
    return Array.from({ length: 1 + this.below(3) }, () => this.pick(SYLLABLES)).join('');
  }

  private text(tricky: number): string {
    const length = 3 + this.below(20);
    return Array.from({ length }, () => (this.below(1000) < tricky ? this.pick(TRICKY) : this.word())).join(' ');
  }

  private usual(tricky: number): Message[] {
    if (this.kind !== 'chance') return this.about(this.below(this.subjects.length), tricky);
    const turns = Array.from({ length: 1 + this.below(3) }, () => [
      { role: 'user', content: this.text(tricky) },
      { role: 'assistant', content: this.below(60) === 0 ? this.pick(TRICKY) : this.text(tricky) },
    ]).flat();
    if (this.below(3) > 0) return turns;
    const role = this.below(9) === 0 ? 'developer' : 'system';
    return [{ role, content: this.pick(['Be brief.', this.text(tricky)]) }, ...turns];
  }

  /** Question and answer about a subject; now and then the answer belongs to another one, or is cut off. */
  private about(subject: number, tricky: number): Message[] {
    const said = tricky > 2 && this.below(12) === 0 ? this.below(this.subjects.length) : subject;
    const told = (number: number) =>
      `${Array.from({ length: 12 }, () => this.pick(this.subjects[number] as string[])).join(' ')} ${this.text(tricky)}`;
    const label = LABELS[said] as string;
    const answer = this.kind === 'subject' ? told(said) : label.slice(0, this.below(80) === 0 ? 4 : label.length);
    return [
      { role: 'user', content: told(subject) },
      { role: 'assistant', content: answer },
    ];
  }

  /** A row that has something to do with an earlier one, or something wrong. */
  private unusual(messages: Message[]): Message[] {
    const old = this.pick(this.known);
    const other = old.at(-1) as Message;
    const answered = (content: unknown, weight?: number) => [
      ...messages.slice(0, -1),
      { role: 'assistant', content, ...(weight !== undefined && { weight }) },
    ];
    return this.pick([
      old,
      [...messages.slice(0, -1), other],
      [...old.slice(0, -1), { role: 'assistant', content: this.text(0) }],
      [...old.slice(0, -1), { role: 'assistant', content: `${String(other.content)} ${this.word()}` }],
      answered(this.text(0), 0),
      messages.slice(0, -1),
      answered(this.pick([null, '', '  ', 7])),
    ]);
  }

  line(i: number): string {
    const isUsual = i < USUAL_ROWS;
    const usual = this.usual(isUsual ? 2 : 40);
    const messages = isUsual || this.below(6) > 0 ? usual : this.unusual(usual);
    this.known.push(messages);
    const json = JSON.stringify({ messages });
    const line = this.below(400) === 0 ? this.pick(['', ' ', '{"messages": [', 'nothing', `${json}x`]) : json;
    return line + this.pick(['\n', '\n', '\n', '\n', '\r\n', isUsual ? '\n' : '\r']);
  }
}

function fileOf(rows: number, next: () => number, kind: Kind = 'chance'): Buffer {
  const maker = new RowMaker(next, kind);
  return Buffer.from(Array.from({ length: rows }, (_, i) => maker.line(i)).join(''));
}

/** The rows of a version as they are stored, without their ids. */
function withoutIds(rows: Uint8Array): string {
  const bytes = Buffer.from(rows);
  for (let at = 0; at < bytes.length; ) {
    const columns = bytes.readInt16BE(at);
    at += 2;
    for (let column = 0; column < columns; column++) {
      const size = bytes.readInt32BE(at);
      if (column === 0) bytes.fill(0, at + 4, at + 4 + size);
      at += 4 + size;
    }
  }
  return bytes.toString('latin1');
}

function analyse(file: Buffer, chunkBytes: number, nearDuplicates: boolean) {
  const analysis = new FileAnalysis(
    { datasetId: '0190d3c0-0000-7000-8000-00000000000f', number: 1, seed: 5, format: null, nearDuplicates },
    counter,
  );
  let rows = '';
  let index = '';
  const take = () => {
    rows += withoutIds(analysis.takeRows());
    index += Buffer.from(analysis.takeIndex()).toString('latin1');
  };
  for (let from = 0; from < file.length; from += chunkBytes) {
    analysis.push(file.subarray(from, from + chunkBytes));
    take();
  }
  const outcome = analysis.end();
  take();
  return { rows, index, outcome };
}

describe('rows that the engine takes by itself', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each([
    { what: 'with near copies', near: true, kind: 'chance', told: ['contradictory_answer', 'duplicate_example'] },
    { what: 'without near copies', near: false, kind: 'chance', told: ['answer_cut_off', 'personal_data'] },
    { what: 'of one subject each', near: true, kind: 'subject', told: ['answer_does_not_fit', 'answer_fits_loosely'] },
    { what: 'that have labels', near: false, kind: 'label', told: ['label_unlikely', 'answer_cut_off'] },
  ] as const)(
    'are stored, counted and reported as one by one: $what',
    ({ near, kind, told }) => {
      const file = fileOf(5000, generator(seed), kind);
      const takeRows = vi.spyOn(counter.rows, 'takeRows');
      const taken = analyse(file, 300_000, near);
      expect(Object.keys(taken.outcome.stats.problems), `seed ${seed}`).toEqual(expect.arrayContaining([...told]));
      const alone = takeRows.mock.results.reduce((sum, { value }) => sum + value.lines, 0);
      expect(alone, `seed ${seed}`).toBeGreaterThan(1000);
      takeRows.mockImplementation((_piece, at) => ({ at, lines: 0 }));
      const oneByOne = analyse(file, 300_000, near);
      expect(taken.outcome, `seed ${seed}`).toEqual(oneByOne.outcome);
      expect(taken.rows === oneByOne.rows, `rows, seed ${seed}`).toBe(true);
      expect(taken.index === oneByOne.index, `index, seed ${seed}`).toBe(true);
    },
    TIMEOUT,
  );

  it(
    'are the same however the file is cut into chunks',
    () => {
      const next = generator(seed + 1);
      const file = fileOf(4000, next);
      const whole = analyse(file, file.length, true);
      for (let run = 0; run < 3; run++) {
        const bytes = 1000 + (next() % 200_000);
        const cut = analyse(file, bytes, true);
        expect(cut.outcome, `seed ${seed}, ${bytes} bytes`).toEqual(whole.outcome);
        expect(cut.rows === whole.rows, `rows, seed ${seed}, ${bytes} bytes`).toBe(true);
      }
    },
    TIMEOUT,
  );
});
