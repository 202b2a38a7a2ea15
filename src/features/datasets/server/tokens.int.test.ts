import { afterAll, expect, it } from 'vitest';
import { systemActor } from '@/lib/actor';
import { closeDatasetLab, datasetLab } from '@/testing/dataset-lab';

afterAll(closeDatasetLab);

it('tells the tokens of each message as the importer counted them, and where they end', async () => {
  const { datasets, actor, importBytes } = await datasetLab();
  const call = { id: 'c', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Oslo"}' } };
  const rows = [
    [
      { role: 'user', content: 'What is tokenization?' },
      { role: 'assistant', content: 'Cutting text 👩‍👧 up.' },
    ],
    [
      { role: 'user', content: 'Weather?' },
      { role: 'assistant', tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c', content: 'Sunny' },
      { role: 'assistant', content: 'Sunny.' },
    ],
  ].map((messages) => JSON.stringify({ messages }));
  const { datasetId, versionId } = await importBytes(Buffer.from(rows.join('\n')));
  const { items } = await datasets.examples(actor, { datasetId, versionId, limit: 10 });
  for (const [index, { id, trainableTokens }] of items.entries()) {
    const detail = await datasets.example(actor, { datasetId, id });
    const { messages } = await datasets.exampleTokens(actor, { datasetId, id });
    const trained = messages.filter((_, at) => detail.messages[at]?.trained);
    expect(trained.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(trainableTokens);
    expect(messages.map(({ ends }) => ends.at(-1) ?? 0)).toEqual(detail.messages.map(({ text }) => text.length));
    if (index === 0)
      expect(messages[0]?.ends.map((end, i, ends) => detail.messages[0]?.text.slice(ends[i - 1] ?? 0, end))).toEqual([
        ...['What', ' is', ' token', 'ization', '?'],
      ]);
  }
  const stranger = systemActor(crypto.randomUUID());
  await expect(datasets.exampleTokens(stranger, { datasetId, id: items[0]?.id ?? '' })).rejects.toMatchObject({
    kind: 'not_found',
  });
});
