import { describe, expect, it } from 'vitest';
import { dataFiles, MOST_FILES, oneFile } from './data-files';

function file(path: string): File {
  const made = new File(['x'], path.split('/').at(-1) ?? '');
  // Set by the browser for files of a folder that was chosen.
  if (path.includes('/')) Object.defineProperty(made, 'webkitRelativePath', { value: path });
  return made;
}
const names = (files: readonly File[]) => files.map(({ name }) => name);

describe('files of a folder, or several at once', () => {
  it('are taken when they can be data, packed or not, and the others are counted', () => {
    const all = ['f/a.jsonl', 'f/b.jsonl.gz', 'f/deep/c.ZST', 'f/notes.pdf', 'f/.DS_Store', 'f/.git/d.json'].map(file);
    const { files, note } = dataFiles(all);
    expect(names(files)).toEqual(['a.jsonl', 'b.jsonl.gz', 'c.ZST']);
    expect(note).toBe('1 file is no data and stayed out');
  });

  it('are never more than a person can mean', () => {
    const { files, note } = dataFiles(Array.from({ length: MOST_FILES + 5 }, (_, i) => file(`f/${i}.json`)));
    expect(files).toHaveLength(MOST_FILES);
    expect(note).toBe('only the first 200 of 205 files were taken');
  });

  it('may hold no data at all, which is said', () => {
    expect(dataFiles([file('f/a.pdf'), file('f/b.md')])).toEqual({ files: [], note: 'No data was found there' });
    expect(dataFiles([file('f/only.pdf')]).note).toBe('No data was found there');
  });
});

describe('a single file', () => {
  it('is taken whatever it is: its row says what is wrong with it', () => {
    const { files, note } = dataFiles([file('notes.pdf')]);
    expect([names(files), note]).toEqual([['notes.pdf'], null]);
  });

  it('is all that a version is made of', () => {
    const { files, note } = oneFile(['a.pdf', 'b.jsonl', 'c.csv'].map(file));
    expect([names(files), note]).toEqual([
      ['b.jsonl'],
      'One file makes one version: b.jsonl was taken, 1 more stayed out',
    ]);
    expect(oneFile([file('b.jsonl')]).note).toBeNull();
  });
});
