import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/platform/db/database';
import { closeDatasetLab, datasetLab, makeRows } from '@/testing/dataset-lab';
import type { ExampleListInput } from '../../dataset.schema';
import { FLAG } from '../../flag.rules';
import { rowIndexQueries } from './row-index.queries';

afterAll(closeDatasetLab);

const ROWS = 18_000;
const RARE = 'Zyzzogeton';

/** More than a segment of rows, with words and characters of many kinds in a few of them. */
function content(): string[] {
  const rows = makeRows(ROWS);
  const put = (line: number, text: string) => {
    rows[line - 1] = JSON.stringify({
      messages: [
        { role: 'user', content: text },
        { role: 'assistant', content: `Said on ${line}.` },
      ],
    });
  };
  // Two prompts that take turns, also within a block.
  for (const i of [...Array(ROWS).keys()].filter((i) => i % 21 === 0))
    rows[i] = rows[i]?.replace('Answer briefly.', 'Be terse, please.') ?? '';
  put(7, `First ${RARE} here`);
  put(16_500, `and ${RARE.toUpperCase()}, again`);
  put(17_999, `${RARE.toLowerCase()}\nat the end; snake_${RARE}`);
  put(9000, `not ${RARE}s, and not x${RARE}`);
  put(5000, 'Straße ÉCOLE 漢字かな');
  rows[5999] = String.raw`{"messages":[{"role":"user","content":"ma stra\u00dfe \u2014\u00e9cole \u6f22"},{"role":"assistant","content":"ok"}]}`;
  // The flag of what the check says of its form is the sign of the column.
  rows[11_110] = (rows[11_110] ?? '').replace(/}$/, ',"note":1}');
  return rows;
}

describe('the row index', async () => {
  const { datasets, actor, importBytes } = await datasetLab();
  const { datasetId, versionId } = await importBytes(Buffer.from(`${content().join('\n')}\n`));

  async function lines(input: Partial<ExampleListInput>, version = versionId): Promise<number[]> {
    const found: number[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await datasets.examples(actor, {
        ...{ datasetId, versionId: version, limit: 200, ...input },
        ...(cursor && { cursor }),
      });
      found.push(...page.items.map(({ line }) => line));
      cursor = page.nextCursor;
    } while (cursor);
    return found;
  }

  it('finds whole words in capitals and small letters, over all segments', async () => {
    expect(await lines({ search: 'zyzzogeton' })).toEqual([7, 16_500, 17_999]);
    expect(await lines({ search: 'first zyzzogeton' })).toEqual([7]);
    expect(await lines({ search: 'zyzzogetons' })).toEqual([9000]);
    expect(await lines({ search: 'zyzzo' })).toEqual([]);
  });

  it('finds words beyond ASCII, written as they are or escaped', async () => {
    expect(await lines({ search: 'straße' })).toEqual([5000, 6000]);
    expect(await lines({ search: 'École' })).toContain(5000);
    expect(await lines({ search: 'école' })).toEqual([5000, 6000]);
    expect(await lines({ search: '漢' })).toEqual([5000, 6000]);
    expect(await lines({ search: '漢字' })).toEqual([5000]);
  });

  it('looks at few rows for what is rare', async () => {
    const found = await rowIndexQueries.candidates({ datasetId, number: 1 }, { search: RARE });
    let stretches = 0;
    for await (const part of found?.parts(0) ?? []) stretches += part.blocks.length;
    expect(stretches).toBeGreaterThan(0);
    expect(stretches).toBeLessThan(12);
    expect(await rowIndexQueries.candidates({ datasetId, number: 1 }, {})).toBeNull();
  });

  it('names the rows of a block, prompts among them, and hardly any that have not the word', async () => {
    const all = await database().trainingExample.findMany({ where: { datasetId }, orderBy: { ordinal: 'asc' } });
    for (const search of ['briefly', 'terse', '27', 'Question 27', RARE, 'assistant']) {
      const words = search.toLowerCase().split(' ');
      const has = (body: string) =>
        words.every((word) =>
          body
            .toLowerCase()
            .split(/[^a-z0-9]+/)
            .includes(word),
        );
      const wanted = all.filter(({ body }) => has(body)).map(({ ordinal }) => Number(ordinal));
      const found = await rowIndexQueries.candidates({ datasetId, number: 1 }, { search });
      const named: number[] = [];
      for await (const part of found?.parts(0) ?? [])
        for (const { from, to, rows } of part.blocks)
          named.push(
            ...all
              .map(({ ordinal }) => Number(ordinal))
              .filter((ordinal) => ordinal >= from && ordinal <= to)
              .filter((_, i) => (rows >>> i) & 1),
          );
      const said = new Set(named);
      expect(wanted.filter((ordinal) => !said.has(ordinal))).toEqual([]);
      expect(named.length - wanted.length, search).toBeLessThan(60);
    }
  });

  it('filters as the rows themselves say', async () => {
    const all = await database().trainingExample.findMany({ where: { datasetId }, orderBy: { ordinal: 'asc' } });
    const where = (match: (row: (typeof all)[number]) => boolean) => all.filter(match).map(({ line }) => line);
    expect(await lines({ split: 'holdout', search: 'Question' })).toEqual(
      where(({ split, body }) => split === 2 && body.includes('Question')),
    );
    expect(await lines({ minTokens: 34 })).toEqual(where(({ tokens }) => tokens >= 34));
    expect(await lines({ minTokens: 1_000_000 })).toEqual([]);
    expect(await lines({ maxTokens: 3 })).toEqual([]);
    expect(await lines({ maxScore: 80 })).toEqual(where(({ score }) => score !== null && score <= 80));
    expect(await lines({ line: 12_345 })).toEqual([12_345]);
    expect(await lines({ flag: 'formatWarning' })).toEqual([11_111]);
    const warned = where(({ flags }) => (flags & FLAG.warning) !== 0);
    expect(await lines({ flag: 'warning' })).toEqual(warned);
    expect(await lines({ flag: 'warning', off: ['nearDuplicate'] })).toContain(11_111);
    expect((await lines({ flag: 'system' })).length).toBe(where(({ flags }) => (flags & 4) !== 0).length);
  });

  it('finds rows that came by a change, and not the ones that went', async () => {
    const page = await datasets.examples(actor, { datasetId, versionId, limit: 1, line: 7 });
    const body = JSON.stringify({
      messages: [
        { role: 'user', content: 'Rhubarbaric' },
        { role: 'assistant', content: 'Yes.' },
      ],
    });
    const id = page.items[0]?.id ?? '';
    const made = await datasets.change(actor, { datasetId, versionId, change: { kind: 'edit', id, body } });
    expect(await lines({ search: 'rhubarbaric' }, made.versionId)).toEqual([7]);
    expect(await lines({ search: RARE }, made.versionId)).toEqual([16_500, 17_999]);
    expect(await lines({ search: RARE })).toEqual([7, 16_500, 17_999]);
    // Its neighbours are still where they were in their block.
    for (const line of [1, 6, 8, 16, 17])
      expect(await lines({ search: `Question ${line - 1}`, line }, made.versionId)).toEqual([line]);
  });
});
