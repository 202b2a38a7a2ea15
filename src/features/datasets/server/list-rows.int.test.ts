import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/platform/db/database';
import { closeDatasetLab, datasetLab, makeRows, storedExamples } from '@/testing/dataset-lab';

afterAll(closeDatasetLab);

const talk = (question: string, answer: string) =>
  JSON.stringify({
    messages: [
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ],
  });

describe('rows of a JSON list, all on one line', async () => {
  const { datasets, actor, importBytes } = await datasetLab();
  const good = makeRows(30);
  const list = (rows: readonly string[]) => Buffer.from(`[${rows.join(',')}]`);
  const placesOf = async (datasetId: string, versionId: string, code: string) => {
    const { groups } = await datasets.report(actor, { datasetId, versionId });
    const group = groups.find((one) => one.code === code);
    return group?.places.map(({ line, element, message }) => ({ line, element, message })) ?? [];
  };

  it('have numbers, which are what is told of them and what finds them', async () => {
    const rows = [...good, '{"messages":[]}', good[4] ?? '', talk('Question 7 of one: what is 7 plus 7?', 'Fourteen.')];
    const { datasetId, versionId } = await importBytes(list(rows), 'list.json');
    const { version } = await datasets.get(actor, datasetId);
    expect(version.rowsNumbered).toBe(true);
    expect((await storedExamples(datasetId)).map(({ line }) => line)).toEqual([
      ...Array.from({ length: 30 }, (_, i) => i + 1),
      ...[32, 33],
    ]);
    expect(await placesOf(datasetId, versionId, 'duplicate_example')).toEqual([
      { line: 32, element: null, message: 'This example is the same as the one in row 5.' },
    ]);
    expect(await placesOf(datasetId, versionId, 'contradictory_answer')).toEqual([
      { line: 33, element: null, message: 'Row 8 has the same question and another answer.' },
    ]);
    const { groups, rowsNumbered } = await datasets.report(actor, { datasetId, versionId });
    expect(rowsNumbered).toBe(true);
    const errors = groups.filter(({ severity }) => severity === 'error').flatMap(({ places }) => places);
    expect(errors.map(({ line, element }) => [line, element])).toEqual([[31, 31]]);
    const { items } = await datasets.examples(actor, { datasetId, versionId, line: 33, limit: 5 });
    expect(items).toMatchObject([{ line: 33, lastAnswer: 'Fourteen.' }]);
  });

  it('are called rows in all that is said of them', async () => {
    const { datasetId, versionId } = await importBytes(list([...good, '"a text"', '{"messages":oops}']), 'list.json');
    const { groups } = await datasets.report(actor, { datasetId, versionId });
    const errors = groups.filter(({ severity }) => severity === 'error').flatMap(({ places }) => places);
    const inOrder = errors.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
    expect(inOrder.map(({ line, message }) => [line, message])).toEqual([
      [31, 'This row is a text, not an object.'],
      [32, expect.stringMatching(/^This row is not valid JSON: at its character 13/)],
    ]);
  });

  it('keep them in versions that are made of it, whose texts speak of them too', async () => {
    const { datasetId, versionId } = await importBytes(list(good), 'list.json');
    const [first, second] = await storedExamples(datasetId);
    const change = { kind: 'edit' as const, id: second?.id ?? '', body: first?.body ?? '' };
    const made = await datasets.change(actor, { datasetId, versionId, change });
    expect((await datasets.get(actor, datasetId)).version.rowsNumbered).toBe(true);
    expect(await placesOf(datasetId, made.versionId, 'duplicate_example')).toEqual([
      { line: 2, element: null, message: 'This example is the same as the one in row 1.' },
    ]);
    const lines = await importBytes(Buffer.from(good.join('\n')), 'lines.jsonl', datasetId);
    expect((await datasets.get(actor, datasetId)).version.rowsNumbered).toBe(false);
    const back = { datasetId, versionId: lines.versionId, change: { kind: 'goBack' as const, number: 2 } };
    await datasets.change(actor, back);
    expect((await datasets.get(actor, datasetId)).version.rowsNumbered).toBe(true);
  });

  it('begin on lines of their own when the list is set out, and say so when they are opened', async () => {
    const rows = [...good, '{"messages":[]}'].map((row) => JSON.stringify(JSON.parse(row), null, 1));
    const bytes = list(rows);
    const { datasetId, versionId } = await importBytes(bytes, 'list.json');
    const row = await datasets.leftOutRow(actor, { datasetId, versionId, line: 31 });
    const before = bytes.subarray(0, bytes.indexOf('"messages": []')).toString().split('\n').length - 1;
    expect(row).toMatchObject({ line: 31, element: 31, startsOn: before, text: '{"messages":[]}' });
  });

  it('of a version from before they had numbers are found as they were', async () => {
    const { datasetId, versionId } = await importBytes(list([...good, '{"messages":[]}']), 'list.json');
    // As such versions are stored: the line for every row, and the number for errors alone.
    await database().datasetVersion.update({ where: { id: versionId }, data: { rowsNumbered: false } });
    await database().datasetIssue.updateMany({ where: { versionId, line: { not: null } }, data: { line: 1 } });
    await database().trainingExample.updateMany({ where: { datasetId }, data: { line: 1 } });
    const ref = { datasetId, versionId };
    expect(await datasets.leftOutRow(actor, { ...ref, line: 1, element: 31 })).toMatchObject({ line: 1, element: 31 });
    const body = talk('And now?', 'It is set right.');
    const made = await datasets.change(actor, {
      ...ref,
      change: { kind: 'add', body, split: 'train', line: 1, element: 31 },
    });
    const { rejectedRows, rowsNumbered } = await datasets.report(actor, { datasetId, versionId: made.versionId });
    expect([rejectedRows, rowsNumbered]).toEqual([0, false]);
    expect((await storedExamples(datasetId)).at(-1)).toMatchObject({ line: 1, body });
  });
});

it('rows of a list are told by their numbers while its check still runs', async () => {
  const { datasets, actor, start } = await datasetLab();
  const ref = await start(Buffer.from(`[${makeRows(3).join(',')},{"messages":[]}]`), 'list.json');
  const { rows, numbered } = await datasets.firstRows(actor, ref);
  expect([numbered, rows.map(({ line }) => line)]).toEqual([true, [1, 2, 3, 4]]);
});
