import fc from 'fast-check';
import { expect, it } from 'vitest';
import { uploadNameProblem } from '@/lib/upload-file';
import { fileFromName, freeName, nameFromFile, packedName } from './dataset.rules';
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

it('gives packed bytes the ending they need, and no second one', () => {
  expect(packedName('chat.jsonl', '.gz')).toBe('chat.jsonl.gz');
  expect(packedName('CHAT.JSONL.GZ', '.gz')).toBe('CHAT.JSONL.GZ');
  expect(uploadNameProblem(packedName(`${'x'.repeat(248)}.jsonl`, '.zst'))).toBeNull();
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
