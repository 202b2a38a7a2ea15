import fc from 'fast-check';
import { expect, it } from 'vitest';
import { uploadNameProblem } from '@/lib/upload-file';
import { fileFromName, fittingName, freeName, nameFromFile } from './dataset.rules';
import { datasetName } from './dataset.schema';

it.each([
  ['support tickets.jsonl', 'support tickets'],
  ['data.v2.jsonl.gz', 'data.v2'],
  ['/etc/passwd.jsonl', 'passwd'],
  ['C:\\data\\chats.JSONL', 'chats'],
  ['.jsonl', 'Dataset'],
  ['', 'Dataset'],
])('calls the dataset of %j %j', (file, name) => {
  expect(nameFromFile(file)).toBe(name);
});

it.each([
  ['rows.csv', 'gzip', 'rows.csv.gz'],
  ['rows.csv.zst', 'gzip', 'rows.csv.gz'],
  ['rows.csv', 'zstd', 'rows.csv.zst'],
  ['CHAT.JSONL.GZ', 'gzip', 'CHAT.JSONL.GZ'],
  ['chat.jsonl', null, 'chat.jsonl'],
  ['chat.jsonl.gz', null, 'chat.jsonl'],
  ['chat.gz', null, 'chat.txt'],
  ['.zst', null, 'data.txt'],
] as const)('calls %j whose bytes are packed as %j %j', (name, packing, fitting) => {
  expect(fittingName(name, packing)).toBe(fitting);
  expect(fittingName(fitting, packing)).toBe(fitting);
});

it('keeps names that fit the bytes short enough', () => {
  expect(uploadNameProblem(fittingName(`${'x'.repeat(248)}.jsonl`, 'zstd'))).toBeNull();
});

it('makes a valid dataset name of every file name, and a valid file name of every dataset name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      expect(datasetName.safeParse(nameFromFile(text).slice(0, 60)).success).toBe(true);
      const name = datasetName.safeParse(text);
      if (name.success && name.data !== '') expect(uploadNameProblem(fileFromName(name.data))).toBeNull();
    }),
    { seed: 5 },
  );
});

it('finds a name that no other dataset has', () => {
  expect(freeName('chat', [])).toBe('chat');
  expect(freeName('chat', ['Chat', 'other'])).toBe('chat 2');
  expect(freeName('chat', ['chat', 'chat 2', 'chat 4'])).toBe('chat 3');
  const long = 'x'.repeat(120);
  expect(datasetName.parse(freeName(long, [long]))).toBe(`${'x'.repeat(114)} 2`);
});
