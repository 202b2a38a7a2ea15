import { describe, expect, it } from 'vitest';
import { checkExample } from '../../../formats/check/check-example';
import type { ContentHash } from '../content-hash';
import { hashExample, toBigInt } from '../content-hash';
import { TokenEngine } from '../o200k/engine';
import { RowEngine } from '../o200k/row-engine';
import { Judge } from './judge';
import { SignReader } from './row-signs';

type Turn = readonly [question: string, answer: string];
interface Said {
  code: string;
  line: number;
  message: string;
}

const CALL = { id: 'a', type: 'function', function: { name: 'look_up', arguments: '{}' } };
/** Stands for an answer that is a call of a tool. */
const A_CALL = '(a call)';

const rowOf = ([question, answer]: Turn) => ({
  messages: [
    { role: 'user', content: question },
    answer === A_CALL ? { role: 'assistant', tool_calls: [CALL] } : { role: 'assistant', content: answer },
  ],
  ...(answer === A_CALL && { tools: [{ type: 'function', function: { name: 'look_up' } }] }),
});

const engine = new RowEngine(new TokenEngine());

/** What a judge says of rows, and the group of each. */
function judged(turns: readonly Turn[], sideOf: (hash: ContentHash) => number = () => 0) {
  const judge = new Judge({ engine, nearDuplicates: true, sideOf });
  const reader = new SignReader(engine);
  const said: Said[] = [];
  const groups: bigint[] = [];
  turns.forEach((turn, i) => {
    const line = i + 1;
    const report = (code: string, _: string, message: string) => void said.push({ code, line, message });
    const example = checkExample(rowOf(turn), report);
    if (!example) throw new Error('The row is broken.');
    const hash = hashExample(example);
    const question = hashExample({ ...example, messages: example.messages.slice(0, 1) });
    const done = (group: ContentHash) => void groups.push(toBigInt(group));
    const tokens = Math.ceil(turn.join(' ').length / 4);
    judge.take({ line, hash, question, bytes: 200, tokens, report, done }, reader.read(example, report));
  });
  judge.end();
  return { said, groups, codes: (line: number) => said.filter((one) => one.line === line).map(({ code }) => code) };
}

const COLOURS = ['red', 'blue', 'green', 'yellow', 'purple', 'orange', 'silver', 'golden'];
const THINGS = ['kettle', 'tent', 'lamp', 'jacket', 'bicycle', 'guitar', 'blanket', 'mirror', 'basket', 'ladder'];
/** Plain rows whose answers take up the question, all different. */
const plain = (count: number): Turn[] =>
  Array.from({ length: count }, (_, i) => {
    const colour = COLOURS[i % 8] ?? '';
    const thing = THINGS[Math.floor(i / 8) % 10] ?? '';
    const day = `${1 + (i % 27)} ${['March', 'April', 'May', 'June'][i % 4]}`;
    return [
      `Do you still have the ${colour} ${thing} that I saw on ${day}?`,
      `Yes, the ${colour} ${thing} is in stock since ${day}, and we can send number ${i} to you tomorrow.`,
    ] as const;
  });

describe('rows that are judged by the others', () => {
  const usual = plain(240);
  const odd: [string, Turn, string][] = [
    ['an exact copy', usual[3] as Turn, 'duplicate_example'],
    [
      'another answer to the same question',
      [usual[5]?.[0] ?? '', 'No, we have sold all of those, sorry about that one.'],
      'contradictory_answer',
    ],
    ['a near copy', [`${usual[7]?.[0]} Please.`, usual[7]?.[1] ?? ''], 'near_duplicate'],
    [
      'an answer without a full stop',
      ['Do you still have the red tent that I saw?', 'Yes, the red tent is in stock, and we can send'],
      'answer_end_unusual',
    ],
    ['an answer of one word', ['Do you still have the blue lamp that I saw on 3 May?', 'Yes.'], 'answer_nearly_empty'],
    [
      'a very long answer',
      ['Do you still have the green lamp that I saw?', `${'Yes, the green lamp is in stock. '.repeat(400)}`],
      'answer_length_unusual',
    ],
    [
      'a very long question',
      [
        `${'Do you still have the green lamp that I saw? '.repeat(900)}`,
        'Yes, the green lamp is in stock since 3 May, and we can send number 5 to you tomorrow.',
      ],
      'example_far_longer',
    ],
    [
      'an answer in another language',
      [
        'Do you still have the golden mirror that I saw?',
        'Ja, der Spiegel ist noch da und wir können ihn Ihnen morgen schicken, wenn Sie das wollen.',
      ],
      'answer_other_language',
    ],
    [
      'noise',
      [
        'Do xoi stipp hqve txe gjlden mzrror trat I swx?',
        'Yxs, tge golbden mzirror iq im stxck sicne wez, ind wa cen senz id.',
      ],
      'words_are_noise',
    ],
    [
      'an answer to something else',
      [
        'Do you still have the purple ladder that I saw?',
        'The guitar, the basket and the bicycle are in stock, and the kettle too.',
      ],
      'answer_does_not_fit',
    ],
  ];

  it.each(odd)('%s', (_, turn, code) => {
    const { codes } = judged([...usual, turn]);
    expect(codes(usual.length + 1)).toContain(code);
  });

  it('a call of a tool is no answer that says next to nothing', () => {
    const { codes } = judged([...usual, ['Do you still have the silver kettle?', A_CALL]]);
    expect(codes(usual.length + 1)).toEqual([]);
  });

  it('are fine where nothing is unusual', () => {
    const { said, groups } = judged(plain(240));
    // One in a hundred is told of as a little unlike the others: nothing that warns.
    expect(said.length).toBeLessThanOrEqual(2);
    expect(said.filter(({ code }) => code !== 'answer_fits_loosely')).toEqual([]);
    expect(new Set(groups).size).toBe(240);
  });

  it('get the same verdict each time, and also far into a file', () => {
    const many = Array.from(
      { length: 2600 },
      (_, i): Turn => [`${usual[i % 240]?.[0]} (${i})`, `${usual[i % 240]?.[1]} Case ${i} of ${i * 7}.`],
    );
    const rows = [...many, ...odd.map(([, turn]) => turn)];
    const first = judged(rows);
    expect(judged(rows)).toMatchObject({ said: first.said, groups: first.groups });
    expect(first.codes(2601 + 3)).toContain('answer_end_unusual');
    expect(first.codes(2601 + 4)).toContain('answer_nearly_empty');
    expect(first.groups).toHaveLength(rows.length);
  });

  it('with labels: the one that the words speak against, and the one that was cut off', () => {
    const kinds = {
      billing: 'invoice payment refund card',
      shipping: 'parcel delivery courier address',
      technical: 'crash login screen update',
    };
    const rows = Object.entries(kinds).flatMap(([label, words]) =>
      Array.from({ length: 40 }, (_, i): Turn => {
        const list = words.split(' ');
        return [
          `Ticket ${i}: ${list[i % 4]} and ${list[(i + 1) % 4]} trouble, ${list[(i + 2) % 4]} number ${i * 13}`,
          label,
        ];
      }),
    );
    const { codes, said } = judged([
      ...rows,
      ['Ticket 99: parcel and delivery trouble, courier number 5', 'billing'],
      ['Ticket 98: invoice and card trouble', 'billi'],
    ]);
    expect(codes(121)).toContain('label_unlikely');
    expect(codes(122)).toContain('answer_cut_off');
    expect(said.filter(({ line }) => line <= 120)).toEqual([]);
  });
});

describe('groups', () => {
  const long = (i: number) =>
    `Row ${i} is about ${Array.from({ length: 40 }, (_, k) => `word${(i * 41 + k * 7) % 997}`).join(' ')}`;
  const nearly = (i: number) => `${long(i)} indeed`;

  it('keep near copies and the same question on one side, named after their first row', () => {
    const rows: Turn[] = [
      [long(1), 'one'],
      [long(2), 'two'],
      [nearly(1), 'one'],
      [long(2), 'other'],
      [long(3), 'three'],
      [long(1), 'one'],
    ];
    const { groups, codes } = judged(rows);
    expect(groups[2]).toBe(groups[0]);
    expect(groups[5]).toBe(groups[0]);
    expect(groups[3]).toBe(groups[1]);
    expect(new Set(groups).size).toBe(3);
    expect(codes(3)).toEqual(['near_duplicate']);
    expect(codes(4)).toEqual(['contradictory_answer']);
    expect(codes(6)).toEqual(['duplicate_example']);
  });

  it('become one while rows are held back; later the row is told of as a leak if the sides differ', () => {
    const bridge = (a: number): Turn[] => [
      [long(a), 'x'],
      [long(a + 500), nearly(a)],
      [long(a), nearly(a)],
    ];
    const early = judged(bridge(1));
    expect(early.said.some(({ code }) => code === 'split_leak')).toBe(false);
    // Two groups, and then a row that asks what the one asks and is nearly the same as the other.
    const fill = Array.from({ length: 2100 }, (_, i): Turn => [long(10_000 + i), `answer ${i}`]);
    const late: Turn[] = [
      ['What is it?', 'One thing.'],
      [`What is it, now? ${long(7)}`, 'yes'],
      ['What is it?', `now ${long(7)} yes`],
    ];
    const side = new Map<number, number>();
    const sideOf = ({ low }: ContentHash) => {
      if (!side.has(low)) side.set(low, side.size);
      return side.get(low) ?? 0;
    };
    const { codes } = judged([...fill, ...late], sideOf);
    expect(codes(2103)).toEqual(expect.arrayContaining(['contradictory_answer', 'split_leak']));
    expect(judged([...fill, ...late]).codes(2103)).not.toContain('split_leak');
  });

  it('do not grow until one side has everything', () => {
    const same = Array.from({ length: 400 }, (_, i): Turn => ['Write a story.', `Story ${i}: ${long(i)}`]);
    const { groups, said } = judged(same);
    expect(new Set(groups).size).toBeGreaterThan(200);
    expect(said.filter(({ code }) => code === 'contradictory_answer').length).toBeLessThan(110);
  });
});
