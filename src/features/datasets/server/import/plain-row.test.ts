import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExampleIntake } from './example-intake';
import { TokenCounter } from './o200k/counter';
import { loadEngine } from './o200k/engine';
import { ranksFile } from './o200k/ranks-file';
import { parseLine } from './parse-line';
import { Judge } from './quality/judge';

const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);
const counter = new TokenCounter(loadEngine(ranksFile()));

/** Everything that is said of a line, and written of it; null where the one pass leaves it to the parser. */
function read(line: Buffer, inOnePass: boolean, judge?: Judge): unknown {
  const said: unknown[] = [];
  const intake = new ExampleIntake({
    counter,
    ...(judge && { judge }),
    findings: {
      add: (code, { excerpt, ...place }) => {
        said.push(code, place, typeof excerpt === 'function' ? excerpt() : excerpt);
        return 'warning';
      },
      rejectRow: () => void said.push('rejected'),
    },
    statistics: {
      add: (conversation, measured, verdict) => {
        said.push([...conversation.roles], conversation.answer.text, measured, verdict);
        return 0;
      },
    },
    writer: { add: (row) => void said.push({ ...row, body: Buffer.from(row.body).toString('latin1') }) },
  });
  const row = { line: 7, ordinal: 70, body: line };
  if (inOnePass) {
    if (!intake.takePlain(row)) return null;
  } else {
    const parsed = parseLine(line);
    if ('problem' in parsed) return parsed;
    intake.take(parsed.row, row);
  }
  intake.end();
  return said;
}

const { engine } = counter;

/** Hashes under which the row is found, by what the one pass has read, and by the line itself. */
function wordsInOnePass(line: Buffer): Set<number> {
  counter.rows.readRow(line);
  engine.noteRow();
  return new Set(engine.wordHashes([]));
}

function wordsOf(line: Buffer): Set<number> {
  engine.addRow(line);
  return new Set(engine.wordHashes([]));
}

const isPlain = (line: Buffer): boolean => read(line, true) !== null;
const lineOf = (messages: unknown): Buffer => Buffer.from(JSON.stringify({ messages }));
const chat = (...texts: string[]) =>
  lineOf(texts.map((content, i) => ({ role: (texts.length - i) % 2 === 1 ? 'assistant' : 'user', content })));

const TRICKY = [
  'a',
  'Ab',
  ' ',
  '\n',
  '\t',
  '"',
  '\\',
  '/',
  'é',
  'ß',
  'Ж',
  '漢',
  'か',
  '한',
  '😀',
  '🏳️‍🌈',
  '7',
  '12345678',
];
const MORE = [
  '@',
  'jane@example.org',
  '<br>',
  '&amp;',
  '`',
  'Ã©',
  '-',
  '.',
  ',',
  'the',
  'password',
  '\u00a0',
  '\u3000',
];
const ODD = [
  '\ufeff',
  '\u0085',
  '\u2028',
  '\u0007',
  '\u0000',
  '\ufffd',
  '\ud800',
  '\udc00',
  '\u007f',
  '\uffff',
  '<|endoftext|>',
];
const text = fc.string({ unit: fc.constantFrom(...TRICKY, ...MORE), maxLength: 60 });
const oddText = fc.string({ unit: fc.constantFrom(...TRICKY, ...MORE, ...ODD), maxLength: 20 });
const role = fc.constantFrom('system', 'developer', 'user', 'assistant', 'user', 'assistant', 'user', 'tool');
const content = fc.oneof({ weight: 4, arbitrary: text }, oddText);
const ordered = fc
  .tuple(fc.constantFrom<string[]>([], ['system'], ['developer'], ['system', 'developer']), fc.constantFrom(1, 3))
  .map(([first, turns]) => [...first, ...['user', 'assistant', 'user'].slice(0, turns)]);
/** Most conversations are in order: instructions, then questions and answers in turn. */
const roles = fc.oneof({ weight: 3, arbitrary: ordered }, fc.array(role, { maxLength: 4 }));
const conversation = roles.chain((list) =>
  fc.tuple(...list.map((role) => content.map((content) => ({ role, content })))),
);

/** A row as JSON: white space between tokens, members in any order, any sign of a text as an escape. */
function spell(messages: readonly { role: string; content: string }[], next: () => number): string {
  const space = () => (next() % 6 > 0 ? '' : (' \t\r\n'[next() % 4] as string));
  const join = (parts: readonly string[]) => parts.map((part) => `${space()}${part}${space()}`).join(',');
  const list = messages.map(({ role, content }) => {
    const members = [
      `"role"${space()}:${space()}"${role}"`,
      `"content"${space()}:${space()}${spellText(content, next)}`,
    ];
    return `{${join(next() % 4 === 0 ? members.toReversed() : members)}}`;
  });
  return `${space()}{${space()}"messages"${space()}:${space()}[${join(list)}]${space()}}${space()}`;
}

const spellText = (content: string, next: () => number): string =>
  JSON.stringify(content).replace(/\\u....|\\.|[^"\\]/g, (sign) => {
    if (sign.length > 1 || next() % 8 > 0) return sign;
    const hex = sign.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${next() % 2 === 0 ? hex : hex.toUpperCase()}`;
  });

/** A byte that is another one, is missing, or came in. */
function damage(line: Buffer, next: () => number): Buffer {
  const at = next() % Math.max(1, line.length);
  const kind = next() % 3;
  const byte = Buffer.from([next() % 4 === 0 ? next() % 256 : '"\\{}[]:,u0 n'.charCodeAt(next() % 12)]);
  return Buffer.concat([
    line.subarray(0, at),
    kind === 0 ? Buffer.alloc(0) : byte,
    line.subarray(at + (kind === 1 ? 0 : 1)),
  ]);
}

describe('a row read in one pass', () => {
  it(`is what the parser and the checks make of it, for any line (seed ${seed})`, () => {
    let plain = 0;
    let other = 0;
    const compare = (line: Buffer) => {
      const said = read(line, true);
      if (said === null) {
        other++;
        return;
      }
      plain++;
      expect(said).toEqual(read(line, false));
      expect(wordsInOnePass(line)).toEqual(wordsOf(line));
    };
    fc.assert(
      fc.property(conversation, text, fc.infiniteStream(fc.nat(1 << 20)), (messages, answer, chance) => {
        const next = () => chance.next().value as number;
        const line = Buffer.from(spell([...messages, { role: 'assistant', content: answer }], next));
        compare(line);
        compare(damage(line, next));
      }),
      { seed, numRuns: 1500 },
    );
    expect(plain).toBeGreaterThan(300);
    expect(other).toBeGreaterThan(300);
  }, 30_000);

  it('may have its members in any order, white space anywhere, and long texts', () => {
    expect(
      isPlain(
        Buffer.from(' {"messages" :\t[ {"content":"Hi", "role":"user"} ,{"role":"assistant","content":"Ho"}\r] } '),
      ),
    ).toBe(true);
    expect(isPlain(chat('漢字だけ', 'そうです'))).toBe(true);
    expect(isPlain(chat('word '.repeat(100_000), 'x'.repeat(1000)))).toBe(true);
  });

  it.each([
    ['more members', { role: 'user', content: 'Hi', name: 'Ann' }],
    ['a role that calls for checks', { role: 'tool', content: 'Hi' }],
    ['an unknown role', { role: 'human', content: 'Hi' }],
    ['no text', { role: 'user', content: null }],
    ['parts', { role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    ['nothing to see', { role: 'user', content: ' \u3000\u200a\ufeff' }],
    ['NUL', { role: 'user', content: 'a\u0000' }],
    ['half a character', { role: 'user', content: 'a\ud83d' }],
    ['a replacement character', { role: 'user', content: 'a\ufffd' }],
  ])('has no message with %s: the checks look at that', (_, first) => {
    expect(isPlain(lineOf([first, { role: 'assistant', content: 'Ho' }]))).toBe(false);
  });

  it.each([
    [
      'twice the same name',
      '{"messages":[{"role":"user","content":"a","content":"b"},{"role":"assistant","content":"c"}]}',
    ],
    ['text behind it', '{"messages":[{"role":"assistant","content":"c"}]} x'],
    ['an answer missing', '{"messages":[{"role":"user","content":"a"}]}'],
    ['a comma too many', '{"messages":[{"role":"assistant","content":"c"},]}'],
    ['other members', '{"messages":[{"role":"assistant","content":"c"}],"tools":[]}'],
    ['a bad escape', '{"messages":[{"role":"assistant","content":"\\x"}]}'],
    ['a control character', '{"messages":[{"role":"assistant","content":"a\u0001"}]}'],
  ])('is not one with %s', (_, line) => {
    expect(isPlain(Buffer.from(line))).toBe(false);
  });

  it('is not one when its bytes are no UTF-8', () => {
    for (const bytes of ['c080', 'eda080', 'f4908080', 'f0808080', 'e08080', 'ff', 'c3', 'e6bc', 'f09f98'])
      expect(
        isPlain(
          Buffer.from(
            chat('a', 'bXc').toString('latin1').replace('X', Buffer.from(bytes, 'hex').toString('latin1')),
            'latin1',
          ),
        ),
        bytes,
      ).toBe(false);
  });

  it('forgets the last prompt as soon as another one comes', () => {
    const judge = () => new Judge({ engine: counter.rows, nearDuplicates: true, sideOf: () => 0 });
    const withPrompt = (content: string) =>
      lineOf([
        { role: 'system', content },
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Ho' },
      ]);
    for (const content of [
      'Be kind.',
      'Be kind.',
      'Write to jane@example.org',
      'Write to jane@example.org',
      'Be kind.',
    ])
      expect(read(withPrompt(content), true, judge())).toEqual(read(withPrompt(content), false, judge()));
  });
});
