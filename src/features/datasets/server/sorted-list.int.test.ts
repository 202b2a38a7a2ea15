import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/platform/db/database';
import { closeDatasetLab, datasetLab } from '@/testing/dataset-lab';
import type { ExampleListInput, ExampleSummary } from '../dataset.schema';
import { type ExampleSort, exampleSorts } from '../example-sort.rules';
import { directoriesOf } from './row-index/row-index.queries';

afterAll(closeDatasetLab);

const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);

/** Numbers from 0 to 1 that are the same on every run (mulberry32). */
function generator(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const row = (question: string, answer: string) =>
  JSON.stringify({
    messages: [
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ],
  });

/** Rows of all lengths, most of them alike, of which some lose points for one thing or another. */
function content(count: number): string {
  const next = generator(seed);
  const word = () => ['north', 'river', 'stone', 'lamp', 'cloud', 'seven', 'quiet', 'green'][Math.floor(next() * 8)];
  const text = (words: number) => Array.from({ length: words }, word).join(' ');
  const rows = Array.from({ length: count }, (_, i) => {
    const question = `Item ${i}: ${text(3 + Math.floor(20 * next() ** 3))}?`;
    const answer = `It is ${i}, ${text(4 + Math.floor(60 * next() ** 6))}.`;
    if (next() < 0.04) return row(question, `${answer} Write to someone${i}@example.org.`);
    if (next() < 0.03) return row(question, `${answer} <b>Now</b>`);
    if (next() < 0.02) return row(question, `${answer} and`);
    if (next() < 0.02) return row('The same question again, word for word?', answer);
    return row(question, answer);
  });
  return `${rows.join('\n')}\n`;
}

describe.each([
  { what: 'with an index', rows: 6000, hasIndex: true },
  { what: 'without', rows: 900, hasIndex: false },
])('rows of a version $what, sorted', async ({ rows, hasIndex }) => {
  const { datasets, actor, importBytes } = await datasetLab();
  const { datasetId, versionId } = await importBytes(Buffer.from(content(rows)));

  async function listed(input: Partial<ExampleListInput>, version = versionId): Promise<ExampleSummary[]> {
    const found: ExampleSummary[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await datasets.examples(actor, {
        ...{ datasetId, versionId: version, limit: 200, ...input },
        ...(cursor !== '' && { cursor }),
      });
      found.push(...page.items);
      cursor = page.nextCursor;
    }
    return found;
  }

  const keyOf = (sort: ExampleSort) => (one: ExampleSummary) => {
    if (sort === 'file') return 0;
    if (sort === 'worst' || sort === 'best') return (sort === 'worst' ? 1 : -1) * (one.score ?? 0);
    return (sort === 'shortest' ? 1 : -1) * one.tokens;
  };
  /** Rows in file order, put into another: those with the same value stay as they are. */
  const sorted = (list: readonly ExampleSummary[], sort: ExampleSort): string[] =>
    list.toSorted((a, b) => keyOf(sort)(a) - keyOf(sort)(b)).map(({ id }) => id);

  it('come each once, in order, with and without filters', async () => {
    expect((await directoriesOf({ datasetId, number: 1 })) !== null).toBe(hasIndex);
    const filters = [{}, { search: 'lamp', split: 'validation' }, { maxScore: 95, minTokens: 30 }] as const;
    for (const filter of filters) {
      const all = await listed(filter);
      expect(new Set(all.map(({ score }) => score)).size, `seed ${seed}`).toBeGreaterThan(2);
      for (const sort of exampleSorts) {
        const ids = (await listed({ ...filter, sort })).map(({ id }) => id);
        expect(ids, `${JSON.stringify(filter)} ${sort}, seed ${seed}`).toEqual(sorted(all, sort));
      }
    }
  });

  it('come by pages of any size', async () => {
    const filter = { sort: 'longest', search: 'cloud', maxScore: 95 } as const;
    const whole = (await listed(filter)).map(({ id }) => id);
    for (const limit of [7, 61]) {
      const cut = await listed({ ...filter, limit });
      expect(cut.map(({ id }) => id)).toEqual(whole);
    }
  });

  it('go on only by a cursor of the same order', async () => {
    const of = (input: Partial<ExampleListInput>) =>
      datasets.examples(actor, { datasetId, versionId, limit: 5, ...input });
    const { nextCursor } = await of({ sort: 'worst' });
    const plain = (await of({})).nextCursor;
    for (const input of [
      { sort: 'longest', cursor: nextCursor },
      { cursor: nextCursor },
      { sort: 'worst', cursor: plain },
    ] as const)
      await expect(of(input)).rejects.toMatchObject({ reason: 'input.unknown_cursor' });
  });

  it('are where they belong after changes', async () => {
    const { items } = await datasets.examples(actor, { datasetId, versionId, sort: 'worst', limit: 2 });
    const [worst, next] = items;
    const body = row('A question that is new?', 'And an answer that has nothing wrong with it.');
    const edited = await datasets.change(actor, {
      ...{ datasetId, versionId },
      change: { kind: 'edit', id: worst?.id ?? '', body },
    });
    const after = await datasets.change(actor, {
      ...{ datasetId, versionId: edited.versionId },
      change: { kind: 'delete', ids: [next?.id ?? ''] },
    });
    const all = await listed({}, after.versionId);
    expect(all).toHaveLength(rows - 1);
    for (const sort of ['worst', 'longest'] as const)
      expect((await listed({ sort }, after.versionId)).map(({ id }) => id)).toEqual(sorted(all, sort));
  });

  it('are found by steps of scores where these were not counted one by one', async () => {
    await database().$executeRaw`
      UPDATE dataset_versions SET aggregates = aggregates - 'points' WHERE dataset_id = ${datasetId}::uuid AND number = 1`;
    const all = await listed({});
    for (const sort of ['worst', 'best'] as const)
      expect((await listed({ sort })).map(({ id }) => id)).toEqual(sorted(all, sort));
  });
});
