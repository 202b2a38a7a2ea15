import { afterAll, expect, it } from 'vitest';
import { database } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import { closeDatasetLab, datasetLab, makeRows, storedExamples } from '@/testing/dataset-lab';
import { splitNames } from '../split.rules';

afterAll(closeDatasetLab);

const rowOf = (question: string, answer: string, system?: string): string =>
  JSON.stringify({
    messages: [
      ...(system ? [{ role: 'developer', content: system }] : []),
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ],
  });

it('scores examples, says why, finds them by score, flag and role, and gives no secret away', async () => {
  const { datasets, actor, importBytes } = await datasetLab();
  // Put together here, so that no scanner of this repository takes an example for a leak.
  const secret = ['sk', '-proj-', 'a1B2c3D4e5F6g7H8i9J0k1L2'].join('');
  const lines = [
    ...makeRows(60),
    rowOf('How do I log in to the shop again, please?', `Use the key ${secret} or ask jane@example.org for it.`),
    rowOf('Which colour has the sky on a clear day?', 'I’m sorry, but I can’t help with that.', 'Be kind.'),
    rowOf('Which colour has the sky on a clear day?', 'It is blue, as everybody knows.', 'Be kind.'),
  ];
  const version = await importBytes(Buffer.from(lines.join('\n')));
  const listed = async (over: object) =>
    (await datasets.examples(actor, { ...version, limit: 100, ...over })).items.map(({ line }) => line);
  expect(await listed({ maxScore: 99 })).toEqual([61, 62, 63]);
  expect(await listed({ minScore: 100 })).toHaveLength(60);
  expect(await listed({ flag: 'secret' })).toEqual([61]);
  expect(await listed({ flag: 'refusal' })).toEqual([62]);
  expect(await listed({ flag: 'contradiction' })).toEqual([63]);
  expect(await listed({ role: 'developer' })).toEqual([62, 63]);
  const page = await datasets.examples(actor, { ...version, limit: 100, line: 61 });
  const example = await datasets.example(actor, { datasetId: version.datasetId, id: page.items[0]?.id ?? '' });
  expect(example.reasons).toEqual(
    expect.arrayContaining([
      { flag: 'secret', points: -30, reason: 'It holds what looks like a key, a token or a password.' },
      { flag: 'personalData', points: -10, reason: expect.stringContaining('mail address') },
    ]),
  );
  expect(example.score).toBe(
    Math.max(
      0,
      example.reasons.reduce((sum, { points }) => sum + points, 100),
    ),
  );
  const { stats } = await datasets.get(actor, version.datasetId);
  const rows = await storedExamples(version.datasetId);
  const mean = rows.reduce((sum, { score }) => sum + (score ?? 0), 0) / rows.length;
  expect(stats?.score?.mean).toBeCloseTo(mean, 1);
  expect(stats?.score?.counts.reduce((sum, count) => sum + count, 0)).toBe(63);
  expect(stats?.flags).toMatchObject({ secret: 1, personalData: 1, refusal: 1, contradiction: 1 });
  // The same question is on one side.
  expect(rows[62]?.nearHash).toBe(rows[61]?.contentHash);
  expect(rows[62]?.split).toBe(rows[61]?.split);
  const report = await datasets.report(actor, version);
  expect(report.groups.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['secret_found', 'personal_data', 'answer_refuses', 'contradictory_answer']),
  );
  expect(JSON.stringify(report)).not.toContain('a1B2c3');
  expect(JSON.stringify(report)).not.toContain('jane@');
});

it('reports rows that were moved by hand away from their near copies', async () => {
  const { datasets, actor, importBytes } = await datasetLab();
  const question = 'Which way is the shortest from the harbour to the old town hall at night?';
  const version = await importBytes(
    Buffer.from([...makeRows(30), rowOf(question, 'Over the bridge.'), rowOf(question, 'Along the wall.')].join('\n')),
  );
  const { items } = await datasets.examples(actor, { ...version, limit: 100 });
  const twins = items.filter(({ line }) => line > 30);
  expect(twins[0]?.split).toBe(twins[1]?.split);
  const other = twins[0]?.split ?? 'train';
  const split = other === 'holdout' ? 'train' : 'holdout';
  const { datasetId, versionId } = version;
  const ids = [twins[1]?.id ?? ''];
  const made = await datasets.change(actor, { datasetId, versionId, change: { kind: 'move', ids, split } });
  const report = await datasets.report(actor, { datasetId, versionId: made.versionId });
  expect(report.groups.find(({ code }) => code === 'split_leak')).toMatchObject({
    total: 1,
    places: [
      {
        line: 32,
        message: `It is in “${splitNames[split]}”, and asks the same as line 31, which is in “${splitNames[other]}”.`,
      },
    ],
  });
  const before = await datasets.report(actor, { datasetId, versionId });
  expect(before.groups.some(({ code }) => code === 'split_leak')).toBe(false);
});

it('gives each label the same shares in a new dataset, and leaves one from before that as it was dealt out', async () => {
  const { datasets, actor, importBytes } = await datasetLab();
  const tickets = Array.from({ length: 60 }, (_, i) =>
    rowOf(`Where is number ${i} of ${i * 7} now?`, JSON.stringify({ label: i % 6 === 0 ? 'rare' : 'common' })),
  );
  const version = await importBytes(Buffer.from(tickets.join('\n')));
  const heldOut = async (versionId: string) => {
    const { items } = await datasets.examples(actor, { ...version, versionId, split: 'holdout', limit: 100 });
    const of = (label: string) => items.filter(({ lastAnswer }) => lastAnswer.includes(label)).length;
    return { rare: of('rare'), common: of('common') };
  };
  expect(await heldOut(version.versionId)).toEqual({ rare: 1, common: 5 });
  const { datasetId } = version;
  expect((await datasets.get(actor, datasetId)).version.splitPlan.stratify).toBe(true);

  const old = await importBytes(Buffer.from(tickets.join('\n')));
  await database().datasetVersion.update({ where: { id: old.versionId }, data: { splitPlan: Prisma.DbNull } });
  const next = await importBytes(Buffer.from([...tickets, ...makeRows(1)].join('\n')), 'data.jsonl', old.datasetId);
  const stored = await database().datasetVersion.findUnique({ where: { id: next.versionId } });
  expect(stored?.splitPlan).toBeNull();

  const large = await importBytes(Buffer.from(makeRows(1100).join('\n')));
  expect((await datasets.get(actor, large.datasetId)).version.splitPlan.stratify).toBe(false);
});
