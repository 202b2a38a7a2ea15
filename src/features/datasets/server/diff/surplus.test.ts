import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Contents } from '../row-index/content-page';
import { cancelRows } from './cancel-rows';
import { surplusOf } from './surplus';

interface Row {
  text: number;
  split: number;
}

/** As an import writes them, in segments of a few rows. */
function fileOf(rows: readonly Row[], segment: number): Contents {
  const segments = Array.from({ length: Math.ceil(rows.length / segment) }, (_, i) =>
    rows.slice(i * segment, (i + 1) * segment),
  );
  return new Contents(segments.map(pageOf));
}

function pageOf(rows: readonly Row[]): Uint8Array {
  const lows = Int32Array.from(rows, ({ text }) => text * 7919);
  const highs = Int32Array.from(rows, ({ text }) => -text);
  const splits = Uint8Array.from(rows, ({ split }) => split);
  return Buffer.concat([lows, highs, splits].map(({ buffer }) => new Uint8Array(buffer)));
}

const plain = (rows: readonly Row[]) => ({ contents: fileOf(rows, 16), gone: [], come: [] });
const nobody = () => Promise.resolve();
const row = fc.record({ text: fc.nat(30), split: fc.nat(2) });
const start = fc.array(row, { maxLength: 120 });
const edits = fc.array(fc.record({ at: fc.nat(120), out: fc.nat(20), in: fc.array(row, { maxLength: 20 }) }), {
  maxLength: 5,
});

function edited(rows: readonly Row[], list: readonly { at: number; out: number; in: Row[] }[]): Row[] {
  return list.reduce((now, { at, out, in: more }) => now.toSpliced(at, out, ...more), [...rows]);
}

it('counts what one file has more of, however its rows were changed, moved and repeated', async () => {
  const runs = fc.asyncProperty(start, edits, fc.boolean(), async (before, list, turned) => {
    const after = turned ? edited(before, list).reverse() : edited(before, list);
    const wanted = new Map<string, number>();
    const count = (rows: readonly Row[], more: number) => {
      for (const { text, split } of rows) wanted.set(`${text} ${split}`, (wanted.get(`${text} ${split}`) ?? 0) + more);
    };
    count(before, 1);
    count(after, -1);
    const found = await surplusOf(plain(before), plain(after), 1000, nobody);
    const told = new Map<string, number>();
    for (const [, high, split, rows] of found?.lower.excess ?? []) told.set(`${0 - high} ${split}`, rows);
    for (const [, high, split, rows] of found?.higher.excess ?? []) told.set(`${0 - high} ${split}`, -rows);
    expect(told).toEqual(new Map([...wanted].filter(([, rows]) => rows !== 0)));
    const sum = (sign: number) => [...wanted.values()].reduce((all, rows) => all + Math.max(0, sign * rows), 0);
    expect([found?.lower.total, found?.higher.total]).toEqual([sum(1), sum(-1)]);
    const most = Math.max(sum(1), sum(-1));
    expect(await surplusOf(plain(before), plain(after), most, nobody)).not.toBeNull();
    if (most > 0) expect(await surplusOf(plain(before), plain(after), most - 1, nobody)).toBeNull();
  });
  await fc.assert(runs);
});

it('passes over all rows that were left as they are', async () => {
  const rows = Array.from({ length: 5000 }, (_, text) => ({ text, split: 0 }));
  const other = (text: number) => ({ text: 10_000 + text, split: 1 });
  const next = rows.map((each, i) => (i % 500 === 3 ? other(i) : each));
  next.splice(1000, 2);
  next.splice(3000, 0, other(1), other(2), other(3));
  const rest = await cancelRows(fileOf(rows, 5000), fileOf(next, 5000), nobody);
  expect([rest.lower.length, rest.higher.length]).toEqual([12, 13]);
});
