import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { database } from '@/platform/db/database';
import { closeDatasetLab, type DatasetLab, datasetLab } from '@/testing/dataset-lab';
import type { DatasetChange } from '../../change.schema';
import { splits } from '../../split.rules';
import { transformOf } from '../../transform.rules';

const SEED = 41;
/** Kinds of changes that were made, so that a run that refuses everything proves nothing. */
const made = new Set<string>();

let lab: DatasetLab;
beforeAll(async () => {
  lab = await datasetLab();
});
afterAll(closeDatasetLab);

interface ModelRow {
  body: string;
  split: number;
}

const texts = ['Hello', ' Hello ', 'Mail a@b.co', 'One more', 'One\u0000more', 'Long '.repeat(30), 'Ünï 😀', ''];
const body = fc
  .record({
    system: fc.constantFrom(null, 'Be brief.', ' '),
    question: fc.constantFrom(...texts.slice(0, 7)),
    answer: fc.constantFrom(...texts.slice(0, 7)),
    turns: fc.integer({ min: 1, max: 2 }),
    extra: fc.boolean(),
  })
  .map(({ system, question, answer, turns, extra }) =>
    JSON.stringify({
      messages: [
        ...(system === null ? [] : [{ role: 'system', content: system }]),
        ...Array.from({ length: turns }, () => [
          { role: 'user', content: question },
          { role: 'assistant', content: answer },
        ]).flat(),
      ],
      ...(extra && { source: 'web' }),
    }),
  );

const side = fc.constantFrom(...splits);
const places = fc.array(fc.nat(), { minLength: 1, maxLength: 3 });
/** A change of rows at places (counted around the version's rows, whatever their number). */
const step = fc.oneof(
  fc.record({ kind: fc.constant('edit' as const), at: fc.nat(), body }),
  fc.record({ kind: fc.constant('add' as const), body, split: side }),
  fc.record({ kind: fc.constantFrom('duplicate' as const, 'delete' as const), at: places }),
  fc.record({ kind: fc.constant('move' as const), at: places, split: side }),
  fc.record({ kind: fc.constant('moveMatching' as const), filter: fc.record({ split: side }), split: side }),
  fc.record({
    kind: fc.constant('deleteMatching' as const),
    filter: fc.record({ search: fc.constantFrom('Long', '😀') }),
  }),
  fc.record({
    kind: fc.constant('replaceSystemPrompt' as const),
    text: fc.constantFrom('', 'New.'),
    filter: fc.constant({}),
  }),
  fc.record({ kind: fc.constantFrom('trim' as const, 'redact' as const), filter: fc.constant({}) }),
  fc.record({
    kind: fc.constant('fix' as const),
    code: fc.constantFrom('nul_character', 'unknown_key', 'duplicate_example', 'prompt_blank'),
  }),
  fc.record({ kind: fc.constant('goBack' as const), to: fc.nat() }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const key = (text: string): string => JSON.stringify(JSON.parse(text).messages);

/** What a step makes of the rows; null when it cannot be made. */
function expected(rows: ModelRow[], change: Step, history: ModelRow[][]): ModelRow[] | null {
  const chosen = 'at' in change ? new Set([change.at].flat().map((at) => at % rows.length)) : new Set<number>();
  const to = 'split' in change ? splits.indexOf(change.split) : 0;
  switch (change.kind) {
    case 'edit':
      return rows.map((row, i) => (chosen.has(i) ? { ...row, body: change.body } : row));
    case 'add':
      return [...rows, { body: change.body, split: to }];
    case 'duplicate':
      return rows.flatMap((row, i) => (chosen.has(i) ? [row, row] : [row]));
    case 'delete':
      return rows.filter((_, i) => !chosen.has(i));
    case 'move':
      return rows.map((row, i) => (chosen.has(i) ? { ...row, split: to } : row));
    case 'moveMatching':
      return rows.map((row) => (splits[row.split] === change.filter.split ? { ...row, split: to } : row));
    case 'deleteMatching':
      return rows.filter((row) => !row.body.includes(change.filter.search));
    case 'goBack':
      return history[change.to % history.length] ?? null;
    case 'fix':
      if (change.code === 'duplicate_example')
        return rows.filter((row, i) => rows.findIndex((other) => key(other.body) === key(row.body)) === i);
  }
  const transform = transformOf(change as DatasetChange);
  return rows.map((row) => {
    const next = transform?.(JSON.parse(row.body));
    return next ? { ...row, body: JSON.stringify(next) } : row;
  });
}

const current = async (datasetId: string, number: number) => {
  const rows = await database().trainingExample.findMany({
    where: { datasetId, fromVersion: { lte: number }, OR: [{ toVersion: null }, { toVersion: { gt: number } }] },
    orderBy: [{ ordinal: 'asc' }, { id: 'asc' }],
  });
  expect(new Set(rows.map(({ ordinal }) => ordinal)).size).toBe(rows.length);
  expect(new Set(rows.map(({ line }) => line)).size).toBe(rows.length);
  return rows;
};

/** Of the figures, those that do not depend on which row came first and how rows compare with each other. */
async function figures(datasetId: string, id: string) {
  const row = await database().datasetVersion.findUniqueOrThrow({ where: { id }, include: { issues: true } });
  const { tokens, trainableTokens, percentiles, roles, turns, withTools, withSystem, duplicates, problems } =
    row.stats as unknown as Record<string, Record<string, number>>;
  const own = [
    'duplicate_example',
    'unknown_key',
    'content_blank',
    'prompt_blank',
    'nul_character',
    'too_few_examples',
    'personal_data',
  ];
  const places = (code: string) => row.issues.filter((issue) => issue.code === code).length;
  return {
    ...{ rows: row.rows, tokens: row.tokens, trainable: row.trainableTokens, max: row.maxExampleTokens },
    stats: { tokens, trainableTokens, percentiles, roles, turns, withTools, withSystem, duplicates },
    problems: own.map((code) => [code, problems?.[code] ?? 0, places(code)]),
    datasetId,
  };
}

const toRows = (rows: { body: string; split: number }[]): ModelRow[] =>
  rows.map(({ body, split }) => ({ body, split }));

it('in any sequence gives the rows and figures that an import of the result would give, and the way back', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(body, { minLength: 4, maxLength: 12 }),
      fc.array(step, { minLength: 3, maxLength: 7 }),
      async (lines, steps) => {
        const { datasets, actor } = lab;
        const { datasetId, versionId } = await lab.importBytes(Buffer.from(lines.join('\n')));
        let newest = { id: versionId, number: 1 };
        const history = [toRows(await current(datasetId, 1))];
        const known = [await figures(datasetId, versionId)];
        for (const one of steps) {
          const rows = await current(datasetId, newest.number);
          const wanted = expected(toRows(rows), one, history);
          const ids = 'at' in one ? [...new Set([one.at].flat().map((at) => rows[at % rows.length]?.id ?? ''))] : [];
          const back = 'to' in one ? { number: (one.to % history.length) + 1 } : {};
          const change = { ...one, ...('at' in one && { id: ids[0], ids }), ...back } as DatasetChange;
          const input = { datasetId, versionId: newest.id, change };
          const preview = await datasets.previewChange(actor, input);
          const isNothing = JSON.stringify(wanted) === JSON.stringify(toRows(rows)) || wanted?.length === 0;
          if (isNothing || preview.problems.length > 0) {
            await expect(datasets.change(actor, input)).rejects.toMatchObject({ reason: 'datasets.change_refused' });
            expect(await current(datasetId, newest.number)).toEqual(rows);
            continue;
          }
          const next = await datasets.change(actor, input);
          made.add(one.kind);
          newest = { id: next.versionId, number: next.number };
          const now = await current(datasetId, next.number);
          expect(toRows(now)).toEqual(wanted);
          const twins = now.map((row, i) => now.findIndex((other) => other.contentHash === row.contentHash) < i);
          expect(now.map(({ flags }) => (flags & 8) !== 0)).toEqual(twins);
          const got = await figures(datasetId, next.versionId);
          const anew = await lab.importBytes(Buffer.from((wanted ?? []).map((row) => row.body).join('\n')));
          expect({ ...got, datasetId: '' }).toEqual({
            ...(await figures(anew.datasetId, anew.versionId)),
            datasetId: '',
          });
          const summary = (await datasets.get(actor, datasetId)).version;
          const on = (split: number) => now.filter((row) => row.split === split);
          expect([summary.trainRows, summary.validationRows, summary.holdoutRows]).toEqual(
            [0, 1, 2].map((n) => on(n).length),
          );
          expect(summary.trainTokens).toBe(on(0).reduce((sum, row) => sum + row.tokens, 0));
          expect(preview.tokensAfter - preview.tokensBefore).toBe(summary.tokens - Number(known.at(-1)?.tokens));
          history.push(toRows(now));
          known.push(got);
        }
        for (const [i, rows] of history.entries()) expect(toRows(await current(datasetId, i + 1))).toEqual(rows);
        const target = Math.floor(history.length / 2);
        if (JSON.stringify(history[target]) === JSON.stringify(history.at(-1))) return;
        const change = { kind: 'goBack' as const, number: target + 1 };
        const back = await datasets.change(actor, { datasetId, versionId: newest.id, change });
        expect(toRows(await current(datasetId, back.number))).toEqual(history[target]);
        expect(await figures(datasetId, back.versionId)).toEqual(known[target]);
      },
    ),
    { seed: SEED, numRuns: 5 },
  );
  expect(made.size).toBeGreaterThan(6);
});
