import { afterAll, expect, it } from 'vitest';
import { closeDatasetLab, datasetLab, makeRows, storedExamples } from '@/testing/dataset-lab';
import type { FlagName } from '../../flag.rules';
import { countedFlags, scoreOf } from '../../score.rules';

afterAll(closeDatasetLab);

const rowOf = (question: string, answer: string): string =>
  JSON.stringify({
    messages: [
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ],
  });

const faulty = [
  rowOf('Which colour has the sky on a clear day?', 'I’m sorry, but I can’t help with that.'),
  rowOf('Whom do I ask about the garden gate?', 'As an AI language model I would write to jane@example.org about it.'),
];

it('tells the exact mean of every version, whichever signals are off', async () => {
  const { datasets, actor, importBytes } = await datasetLab();
  const { datasetId, versionId } = await importBytes(Buffer.from([...makeRows(40), ...faulty].join('\n')));
  const { items } = await datasets.examples(actor, { datasetId, versionId, limit: 100, flag: 'refusal' });
  const change = { kind: 'delete' as const, ids: [items[0]?.id ?? ''] };
  const made = await datasets.change(actor, { datasetId, versionId, change });
  const stored = await storedExamples(datasetId);

  const expected = (number: number, off: readonly FlagName[]) => {
    const scores = stored
      .filter(({ fromVersion, toVersion }) => fromVersion <= number && (toVersion === null || toVersion > number))
      .map(({ flags }) => scoreOf(flags, new Set(off)));
    return Math.round((scores.reduce((sum, one) => sum + one, 0) / scores.length) * 10) / 10;
  };
  const choices: FlagName[][] = [[], ['refusal'], ['refusal', 'personalData', 'boilerplate'], ['secret']];
  for (const off of choices) {
    const scores = await datasets.scores(actor, { datasetId, off });
    expect(scores.map(({ versionId: id, mean }) => [id, mean])).toEqual([
      [made.versionId, expected(2, off)],
      [versionId, expected(1, off)],
    ]);
    expect(scores.map(({ counts }) => counts.reduce((sum, rows) => sum + rows, 0))).toEqual([41, 42]);
  }
  const [, first] = await datasets.scores(actor, { datasetId, off: ['refusal'] });
  const { groups } = await datasets.report(actor, { datasetId, versionId });
  const remarks = groups.filter(({ severity }) => severity === 'info').reduce((sum, { total }) => sum + total, 0);
  expect(first?.remarks).toBe(remarks);
  expect(expected(1, ['refusal'])).toBeGreaterThan(expected(1, []));
});

it('counts the rows once, also for several who ask at the same time', async () => {
  const { scoreQueries } = await import('./score.queries');
  let passes = 0;
  const { datasets, actor, importBytes } = await datasetLab({
    scores: {
      ...scoreQueries,
      signalSets: (...args) => {
        passes++;
        return scoreQueries.signalSets(...args);
      },
    },
  });
  const { datasetId } = await importBytes(Buffer.from([...makeRows(20), ...faulty].join('\n')));
  await datasets.scores(actor, { datasetId, off: [] });
  expect(passes).toBe(0);
  await Promise.all([1, 2, 3].map(() => datasets.scores(actor, { datasetId, off: ['noise'] })));
  await datasets.scores(actor, { datasetId, off: ['refusal'] });
  expect(passes).toBe(1);
});

it('finds the rows that still have a warning when some signals do not count, and changes no others', async () => {
  const { datasets, actor, importBytes } = await datasetLab();
  const rows = makeRows(30);
  const both = JSON.stringify({ ...JSON.parse(rows[3] ?? ''), note: 'an unknown field' });
  const { datasetId, versionId } = await importBytes(Buffer.from([...rows, ...faulty, rows[7], both].join('\n')));
  const { items } = await datasets.examples(actor, { datasetId, versionId, limit: 100 });
  const linesOf = (found: readonly { line: number }[]) => found.map(({ line }) => line);
  const lists: FlagName[][] = [
    [],
    ['duplicate'],
    ['refusal', 'unusualForm', 'duplicate'],
    ['personalData'],
    ['noise', 'lengthOutlier'],
  ];
  const found = await Promise.all(
    lists.map(async (off) => {
      const { items } = await datasets.examples(actor, { datasetId, versionId, flag: 'warning', off, limit: 100 });
      return linesOf(items);
    }),
  );
  expect(found).toEqual(
    lists.map((off) => linesOf(items.filter(({ flags }) => countedFlags(flags, new Set(off)).includes('warning')))),
  );
  expect(found[0]).toEqual([31, 32, 33, 34]);
  // An exact copy with a field of its own warns of that field whatever counts.
  expect(found[1]).toEqual([31, 32, 34]);
  const filter = { flag: 'warning' as const, off: ['refusal' as const, 'unusualForm' as const, 'duplicate' as const] };
  const made = await datasets.change(actor, { datasetId, versionId, change: { kind: 'deleteMatching', filter } });
  const left = await datasets.examples(actor, { datasetId, versionId: made.versionId, limit: 100 });
  expect(linesOf(left.items)).toEqual([...Array.from({ length: 31 }, (_, i) => i + 1), 33]);
});

it('keeps what was switched off with the dataset, for everybody who sees it and nobody else', async () => {
  const { datasets, actor, importBytes } = await datasetLab();
  const { datasetId } = await importBytes(Buffer.from(makeRows(12).join('\n')));
  expect((await datasets.get(actor, datasetId)).signalsOff).toEqual([]);
  await datasets.update(actor, { id: datasetId, signalsOff: ['noise', 'secret'] });
  const renamed = await datasets.update(actor, { id: datasetId, name: 'Other' });
  expect(renamed).toMatchObject({ name: 'Other', signalsOff: ['secret', 'noise'] });
  expect((await datasets.update(actor, { id: datasetId, signalsOff: [] })).signalsOff).toEqual([]);
  const stranger = await datasetLab();
  await expect(stranger.datasets.scores(stranger.actor, { datasetId, off: [] })).rejects.toMatchObject({
    reason: 'datasets.not_found',
  });
});
