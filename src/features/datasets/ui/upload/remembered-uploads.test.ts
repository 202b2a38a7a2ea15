import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { forgetUpload, uploadIdOf } from './remembered-uploads';

const DAY = 24 * 3600 * 1000;
const file = (name = 'a.jsonl', size = 3) => new File(['x'.repeat(size)], name, { lastModified: 1 });

beforeEach(() => {
  const values = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  });
});
afterEach(() => void vi.unstubAllGlobals());

it('gives an unfinished file the same id for a day, and a new one when it is done', () => {
  const id = uploadIdOf(file(), {});
  expect(uploadIdOf(file(), {})).toBe(id);
  expect(uploadIdOf(file(), { datasetId: 'd' })).not.toBe(id);
  expect(uploadIdOf(file('b.jsonl'), {})).not.toBe(id);
  expect(uploadIdOf(file('a.jsonl', 4), {})).not.toBe(id);
  expect(uploadIdOf(file(), {}, Date.now() + DAY + 1)).not.toBe(id);
  const second = uploadIdOf(file('c.jsonl'), {});
  forgetUpload(file('c.jsonl'), {});
  expect(uploadIdOf(file('c.jsonl'), {})).not.toBe(second);
});

it('works where storage is forbidden or holds something else', () => {
  localStorage.setItem('tuneloop.uploads', '[1, 2');
  expect(uploadIdOf(file(), {})).toMatch(/^[0-9a-f-]{36}$/);
  const denied = () => {
    throw new Error('denied');
  };
  vi.stubGlobal('localStorage', { getItem: denied, setItem: denied });
  expect(uploadIdOf(file(), {})).toMatch(/^[0-9a-f-]{36}$/);
  forgetUpload(file(), {});
});
