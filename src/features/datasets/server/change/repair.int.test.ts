import { afterAll, describe, expect, it } from 'vitest';
import { chat, datasetOf } from '@/testing/change-lab';
import { closeDatasetLab, makeRows } from '@/testing/dataset-lab';
import type { DatasetChange } from '../../change.schema';

afterAll(closeDatasetLab);

describe('a repair', () => {
  const SECRET = 'https://jane:p4ssword@example.org/x';
  const lines = [
    ...makeRows(12),
    chat('Where is it?', `It is at ${SECRET}.`),
    chat('Where is it, and who knows?', `It is at ${SECRET}, and jane@example.org knows.`),
    chat('Who knows?', 'Write to jane@example.org.'),
    // What no check has named is nothing that was promised to be set right.
    JSON.stringify({
      messages: [
        { role: 'user', content: 'Who else?', source: 'web' },
        { role: 'assistant', content: 'Nobody.', refusal: `See ${SECRET}.` },
      ],
      source: 'web',
    }),
  ];

  it('is made of what the report says can be repaired', async () => {
    const { lab, datasetId, newest, change, bodies } = await datasetOf([
      ...makeRows(12),
      chat('a\u0000b', 'c', { source: 'web' }),
      chat('a\u0000b', 'c', { source: 'web' }),
      chat('Write to jane@example.org', 'Her card is 4111 1111 1111 1111.'),
    ]);
    const fixable = async () => {
      const { id: versionId } = await newest();
      const { groups } = await lab.datasets.report(lab.actor, { datasetId, versionId });
      return groups.filter((group) => group.fixable).map(({ code, total }) => [code, total]);
    };
    expect(await fixable()).toEqual(
      expect.arrayContaining([
        ['nul_character', 2],
        ['unknown_key', 2],
        ['duplicate_example', 1],
      ]),
    );
    for (const code of ['duplicate_example', 'nul_character', 'unknown_key']) await change({ kind: 'fix', code });
    await change({ kind: 'redact', filter: {} });
    expect(await fixable()).toEqual([]);
    const text = (await bodies((await newest()).id)).join('');
    expect(text).toContain('"ab"');
    expect(text).toContain('Her card is [card number].');
    expect(text).not.toMatch(/jane@|source|u0000/);
    expect(await newest()).toMatchObject({ rows: 14, warnings: 0 });
  });

  it('of secrets changes them alone, in the rows that were counted', async () => {
    const { preview, change, rows, bodies, newest } = await datasetOf(lines);
    const fix: DatasetChange = { kind: 'fix', code: 'secret_found' };
    expect(await preview(fix)).toMatchObject({ matched: 2, changed: 2 });
    await change(fix);
    const text = (await bodies((await newest()).id)).join('');
    expect(text.match(/\[secret\]/g)).toHaveLength(2);
    expect(text.match(/jane@example\.org/g)).toHaveLength(2);
    expect(text).toContain(`See ${SECRET}.`);
    expect((await rows()).filter(({ flags }) => flags.includes('personalData'))).toHaveLength(2);
  });

  it('is offered with the number of rows it changes, and not where it changes none', async () => {
    const key = (row: number) => `https://jane:p4ssword${row}@example.org`;
    const { lab, datasetId, preview, newest } = await datasetOf([
      ...makeRows(3),
      ...makeRows(9).map((row) => row.replace('Answer briefly.', ' ')),
      chat(' ', ' '),
      chat('Which keys?', 'None.', { source: 'web', author: 'me' }),
      // More places than a version keeps: only the marks of the rows tell how many they are.
      ...Array.from({ length: 60 }, (_, i) => chat(`Where is ${key(i)}?`, `It is at ${key(i)}, number ${i}.`)),
      chat('What is cafÃ©?', 'A drink.'),
    ]);
    const { groups } = await lab.datasets.report(lab.actor, { datasetId, versionId: (await newest()).id });
    const offered = groups.filter(({ fixable }) => fixable).map((group) => [group.code, group.fixableRows] as const);
    expect(Object.fromEntries(offered)).toMatchObject({ prompt_blank: 3, unknown_key: 1, secret_found: 60 });
    // Half of a sign cannot be set right: what can be is looked for when somebody asks.
    expect(Object.fromEntries(offered).mojibake).toBeNull();
    expect(groups.find(({ code }) => code === 'content_blank')).toMatchObject({ fixable: false, fixableRows: null });
    for (const [code, rows] of offered) {
      const { changed, removed } = await preview({ kind: 'fix', code });
      if (rows !== null) expect([code, changed + removed]).toEqual([code, rows]);
    }
  });

  it('of personal data leaves secrets as they are', async () => {
    const { preview, change, bodies, newest } = await datasetOf(lines);
    const fix: DatasetChange = { kind: 'fix', code: 'personal_data' };
    expect(await preview(fix)).toMatchObject({ matched: 2, changed: 2 });
    await change(fix);
    const text = (await bodies((await newest()).id)).join('');
    expect(text.match(/\[mail address\]/g)).toHaveLength(2);
    expect(text).not.toContain('[secret]');
  });
});
