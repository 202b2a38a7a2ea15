import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { closeDatasetLab, collect, datasetLab, makeRows } from '@/testing/dataset-lab';

afterAll(closeDatasetLab);

describe('rows that an import left out', async () => {
  const { datasets, actor, importBytes } = await datasetLab();
  const good = makeRows(30);
  const bad = ['not json at all', '{"messages":[', '{"messages":[{"role":"user","content":"nothing else"}]}'];

  async function fileOf(datasetId: string, number = 1) {
    const { fileName, contentType, body } = await datasets.leftOutFile(actor, { datasetId, number });
    const pieces: Uint8Array[] = [];
    for await (const piece of body) pieces.push(piece);
    return { fileName, contentType, text: Buffer.concat(pieces).toString() };
  }

  it('come back as they stand in the file, in its order, also from a packed one with a mark and CRLF', async () => {
    const rows = [bad[0], ...good.slice(0, 10), bad[1], '   ', ...good.slice(10), bad[2]];
    const bytes = gzipSync(`\ufeff${rows.join('\r\n')}`);
    const { datasetId, versionId } = await importBytes(bytes, 'rows.jsonl.gz');
    const report = await datasets.report(actor, { datasetId, versionId });
    expect(report.rejectedRows).toBe(3);
    const { fileName, text } = await fileOf(datasetId);
    expect(text).toBe(`${bad.join('\n')}\n`);
    expect(fileName).toBe('rows-v1-left-out.jsonl');
    const line = (one: number) => datasets.leftOutRow(actor, { datasetId, versionId, line: one });
    expect(await line(12)).toEqual({
      line: 12,
      startsOn: 12,
      element: null,
      text: bad[1],
      isWhole: true,
      header: null,
    });
    for (const one of [2, 13, 99])
      await expect(line(one)).rejects.toMatchObject({ reason: 'datasets.left_out_row_not_found' });
  });

  it('stay what they are when later versions change the rows that were kept', async () => {
    const { datasetId, versionId } = await importBytes(Buffer.from([...good, bad[2]].join('\n')));
    const [first] = (await datasets.examples(actor, { datasetId, versionId, limit: 1 })).items;
    const change = { kind: 'delete' as const, ids: [first?.id ?? ''] };
    const made = await datasets.change(actor, { datasetId, versionId, change });
    expect((await fileOf(datasetId)).text).toBe(`${bad[2]}\n`);
    expect(await fileOf(datasetId, made.number)).toMatchObject({
      text: `${bad[2]}\n`,
      fileName: 'data-v2-left-out.jsonl',
    });
    expect((await datasets.report(actor, { datasetId, versionId: made.versionId })).rejectedRows).toBe(1);
    await expect(fileOf(datasetId, 9)).rejects.toMatchObject({ reason: 'datasets.version_not_found' });
  });

  describe('once set right and added', () => {
    const rows = [...good.slice(0, 10), bad[2], ...good.slice(10), bad[0], bad[0]];
    const right =
      '{"messages":[{"role":"user","content":"nothing else"},{"role":"assistant","content":"Now it has."}]}';
    const addLine = (datasetId: string, versionId: string, line: number) =>
      datasets.change(actor, { datasetId, versionId, change: { kind: 'add', body: right, split: 'train', line } });
    const errorsOf = async (datasetId: string, versionId: string) => {
      const { rejectedRows, groups } = await datasets.report(actor, { datasetId, versionId });
      const errors = groups.filter(({ severity }) => severity === 'error');
      return { rejectedRows, errors: errors.map(({ total, places }) => [total, places.map(({ line }) => line)]) };
    };
    // What is wrong with the first one has two names.
    const all = {
      rejectedRows: 3,
      errors: [
        [2, [32, 33]],
        [1, [11]],
        [1, [11]],
      ],
    };
    const less = { rejectedRows: 2, errors: [[2, [32, 33]]] };

    const addedIn = async (datasetId: string, versionId: string) => {
      const { items } = await datasets.problems(actor, { datasetId, versionId, limit: 50 });
      const { groups, file } = await datasets.report(actor, { datasetId, versionId });
      expect(file).toMatchObject({ version: 1, name: 'data.jsonl', format: { container: { type: 'lines' } } });
      const errors = groups.flatMap(({ places }) => places).filter(({ severity }) => severity === 'error');
      const told = errors.map(({ line, addedIn }) => [line, addedIn]);
      expect(
        items
          .filter(({ severity }) => severity === 'error')
          .map(({ line, addedIn }) => [line, addedIn])
          .sort(),
      ).toEqual([...told].sort());
      return told;
    };

    it('stand at their place in the next version, which leaves them out no more', async () => {
      const { datasetId, versionId } = await importBytes(Buffer.from(rows.join('\n')));
      expect(await errorsOf(datasetId, versionId)).toEqual(all);
      const made = await addLine(datasetId, versionId, 11);
      expect(await errorsOf(datasetId, made.versionId)).toEqual(less);
      const { version, history } = await datasets.get(actor, datasetId);
      expect(version).toMatchObject({ rows: 31, problems: 2, sourceLabel: 'Line 11 set right and added' });
      expect(history[1]).toMatchObject({ rows: 30, problems: 3 });
      const { items } = await datasets.examples(actor, { datasetId, versionId: made.versionId, limit: 31 });
      expect(items.map(({ line }) => line)).toEqual(Array.from({ length: 31 }, (_, i) => i + 1));
      expect(items[10]).toMatchObject({ firstUserText: 'nothing else', lastAnswer: 'Now it has.' });
      expect((await fileOf(datasetId, 2)).text).toBe(`${bad[0]}\n${bad[0]}\n`);
      const gone = { reason: 'datasets.left_out_row_not_found' };
      const row = { datasetId, versionId: made.versionId, line: 11 };
      await expect(datasets.leftOutRow(actor, row)).rejects.toMatchObject(gone);
      await expect(addLine(datasetId, made.versionId, 11)).rejects.toMatchObject(gone);
      // The version of the file is what it was, and says where the row has come.
      expect(await errorsOf(datasetId, versionId)).toEqual(all);
      expect(await addedIn(datasetId, versionId)).toEqual([
        [32, null],
        [33, null],
        [11, 2],
        [11, 2],
      ]);
      expect((await datasets.leftOutRow(actor, { ...row, versionId })).text).toBe(bad[2]);
    });

    it('are left out again when the version from before is back, and can be added again', async () => {
      const { datasetId, versionId } = await importBytes(Buffer.from(rows.join('\n')));
      const made = await addLine(datasetId, versionId, 11);
      const goBack = (from: string, number: number) =>
        datasets.change(actor, { datasetId, versionId: from, change: { kind: 'goBack', number } });
      const back = await goBack(made.versionId, 1);
      expect(await errorsOf(datasetId, back.versionId)).toEqual(all);
      expect((await fileOf(datasetId, back.number)).text).toBe(`${[bad[2], bad[0], bad[0]].join('\n')}\n`);
      expect((await datasets.leftOutRow(actor, { datasetId, versionId: back.versionId, line: 11 })).text).toBe(bad[2]);
      for (const of of [versionId, made.versionId, back.versionId])
        expect((await addedIn(datasetId, of)).filter(([, version]) => version !== null)).toEqual([]);
      const forth = await goBack(back.versionId, 2);
      expect(await errorsOf(datasetId, forth.versionId)).toEqual(less);
      expect((await fileOf(datasetId, forth.number)).text).toBe(`${bad[0]}\n${bad[0]}\n`);
      const undone = await goBack(forth.versionId, 3);
      const again = await addLine(datasetId, undone.versionId, 11);
      expect(await errorsOf(datasetId, again.versionId)).toEqual(less);
    });

    it('are not left out when they are edited or deleted later; the last one leaves no error behind', async () => {
      const { datasetId, versionId } = await importBytes(Buffer.from([...good, bad[2]].join('\n')));
      const made = await addLine(datasetId, versionId, 31);
      const none = { rejectedRows: 0, errors: [] };
      expect(await errorsOf(datasetId, made.versionId)).toEqual(none);
      const last = async (of: string) =>
        (await datasets.examples(actor, { datasetId, versionId: of, limit: 1, line: 31 })).items[0]?.id ?? '';
      const body = right.replace('Now', 'Here');
      const change = { kind: 'edit' as const, id: await last(made.versionId), body };
      const edited = await datasets.change(actor, { datasetId, versionId: made.versionId, change });
      const id = await last(edited.versionId);
      const removal = { datasetId, versionId: edited.versionId, change: { kind: 'delete' as const, ids: [id] } };
      const removed = await datasets.change(actor, removal);
      expect(await errorsOf(datasetId, removed.versionId)).toEqual(none);
      expect((await fileOf(datasetId, removed.number)).text).toBe('');
    });

    it('are named by their number in a list, of which one line may have all', async () => {
      const elements = [
        ...good.slice(0, 3),
        '{"messages":[]}',
        ...good.slice(3, 6),
        bad[2],
        ...good.slice(6),
        '"none"',
      ];
      const { datasetId, versionId } = await importBytes(Buffer.from(`[${elements.join(',')}]`), 'list.json');
      const errors = async (of: string) => {
        const { groups, rejectedRows } = await datasets.report(actor, { datasetId, versionId: of });
        const places = groups.filter(({ severity }) => severity === 'error').flatMap((group) => group.places);
        expect(places.map(({ line }) => line)).toEqual(places.map(({ element }) => element));
        const named = new Map(places.map(({ element, addedIn }) => [element, addedIn]));
        return { rejectedRows, named: [...named].sort(([a], [b]) => (a ?? 0) - (b ?? 0)) };
      };
      expect(await errors(versionId)).toEqual({
        rejectedRows: 3,
        named: [
          [4, null],
          [8, null],
          [33, null],
        ],
      });
      const at = (element: number, of = versionId) =>
        datasets.leftOutRow(actor, { datasetId, versionId: of, line: 1, element });
      expect((await at(4)).text).toBe('{"messages":[]}');
      expect(await at(8)).toMatchObject({ text: bad[2], line: 8, element: 8, startsOn: 1 });
      const gone = { reason: 'datasets.left_out_row_not_found' };
      await expect(at(5)).rejects.toMatchObject(gone);
      const change = { kind: 'add' as const, body: right, split: 'train' as const, line: 1, element: 8 };
      const made = await datasets.change(actor, { datasetId, versionId, change });
      expect(await errors(made.versionId)).toEqual({
        rejectedRows: 2,
        named: [
          [4, null],
          [33, null],
        ],
      });
      expect(await errors(versionId)).toEqual({
        rejectedRows: 3,
        named: [
          [4, null],
          [8, 2],
          [33, null],
        ],
      });
      expect((await datasets.get(actor, datasetId)).version.sourceLabel).toBe('Row 8 set right and added');
      const { items } = await datasets.examples(actor, { datasetId, versionId: made.versionId, limit: 10 });
      expect(items[6]).toMatchObject({ firstUserText: 'nothing else', line: 8 });
      await expect(at(8, made.versionId)).rejects.toMatchObject(gone);
      expect((await at(4, made.versionId)).text).toBe('{"messages":[]}');
      expect((await fileOf(datasetId, 2)).text).toBe('{"messages":[]}\n"none"\n');
      // What tells its line alone means its number too.
      const first = { ...change, line: 4, element: undefined };
      await datasets.change(actor, { datasetId, versionId: made.versionId, change: first });
      expect((await fileOf(datasetId, 3)).text).toBe('"none"\n');
    });

    it('must be rows that were left out', async () => {
      const { datasetId, versionId } = await importBytes(Buffer.from(rows.join('\n')));
      for (const line of [1, 99])
        await expect(addLine(datasetId, versionId, line)).rejects.toMatchObject({
          reason: 'datasets.left_out_row_not_found',
        });
      expect((await datasets.get(actor, datasetId)).versions).toBe(1);
    });
  });

  it('are records of a table under its header, and elements of a list on a line each', async () => {
    const cells = Array.from({ length: 12 }, (_, i) => `"Who is ${i}, please?",Number ${i}`);
    const table = await importBytes(Buffer.from(`question,answer\n${cells.join('\n')}\n"a ""b""\nc",\n`), 'people.csv');
    const { fileName, contentType, text } = await fileOf(table.datasetId);
    expect([fileName, contentType]).toEqual(['people-v1-left-out.csv', 'text/csv; charset=utf-8']);
    expect(text).toBe('question,answer\n"a ""b""\nc",\n');
    const { datasetId, versionId } = table;
    const row = await datasets.leftOutRow(actor, { datasetId, versionId, line: 14 });
    expect(row).toMatchObject({ header: 'question,answer', text: '"a ""b""\nc",' });
    const elements = good.map((one) => JSON.stringify(JSON.parse(one), null, 2));
    const list = await importBytes(Buffer.from(`[${[...elements, '{\n "messages": []\n}'].join(',\n')}]`), 'list.json');
    expect((await fileOf(list.datasetId)).text).toBe('{"messages":[]}\n');
  });

  it('stand in the file, which comes back as it was, under a name that fits its bytes', async () => {
    const bytes = gzipSync([...good, bad[0]].join('\n'));
    const { datasetId } = await importBytes(bytes, 'rows.jsonl.gz');
    const { fileName, digest, body } = await datasets.file(actor, { datasetId, number: 1 });
    const pieces: Uint8Array[] = [];
    for await (const piece of body) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
    expect([fileName, digest?.bytes]).toEqual(['rows.jsonl.gz', bytes.length]);
    const called = async (name: string, content: Uint8Array) => {
      const made = await importBytes(content, name);
      const { fileName, body } = await datasets.file(actor, { datasetId: made.datasetId, number: 1 });
      expect((await collect(body as AsyncIterable<Buffer>)).equals(content)).toBe(true);
      return fileName;
    };
    expect(await called('rows.csv', bytes)).toBe('rows.csv.gz');
    expect(await called('rows.jsonl.gz', Buffer.from(good.join('\n')))).toBe('rows.jsonl');
    await expect(datasets.file(actor, { datasetId, number: 2 })).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('are not there for another workspace', async () => {
    const { datasetId, versionId } = await importBytes(Buffer.from([...good, bad[0]].join('\n')));
    const stranger = (await datasetLab()).actor;
    await expect(datasets.leftOutFile(stranger, { datasetId, number: 1 })).rejects.toMatchObject({ kind: 'not_found' });
    const input = { datasetId, versionId, line: 31 };
    await expect(datasets.leftOutRow(stranger, input)).rejects.toMatchObject({ kind: 'not_found' });
  });
});
