import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { contentDisposition, digesting, exportFileName, type FileDigest, gzipped } from './export-file';

const name = (datasetName: string, extra = {}) =>
  exportFileName({ datasetName, number: 3, format: 'jsonl', split: 'all', gzip: false, ...extra });

async function* pieces(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}
async function bytesOf(file: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of file) parts.push(part);
  return Buffer.concat(parts);
}

describe('the name of an exported file', () => {
  it('says dataset, version, split and kind', () => {
    expect(name('Support tickets')).toBe('support-tickets-v3.jsonl');
    expect(name('Support', { format: 'training', split: 'validation' })).toBe('support-v3-validation.training.jsonl');
    expect(name('Support', { format: 'csv', gzip: true })).toBe('support-v3.csv.gz');
  });

  it('leads into no folder and breaks no header, whatever the dataset is called', () => {
    for (const odd of ['../../etc/passwd', 'a"\\b;c', 'a%2fb', '', '...', '😀', 'x'.repeat(400), 'C:\\temp\\x']) {
      expect(name(odd)).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}-]*-v3\.jsonl$/u);
      expect(name(odd).length).toBeLessThan(80);
    }
    expect(name('😀')).toBe('dataset-v3.jsonl');
    const header = contentDisposition(name('Größe 漢字'));
    expect(header).toBe(
      `attachment; filename="gr__e-__-v3.jsonl"; filename*=UTF-8''gr%C3%B6%C3%9Fe-%E6%BC%A2%E5%AD%97-v3.jsonl`,
    );
  });
});

describe('packing and digests', () => {
  it('packs the same file to the same bytes', async () => {
    const [one, two] = [
      await bytesOf(gzipped(pieces('abc\n', 'def\n'))),
      await bytesOf(gzipped(pieces('abc\nd', 'ef\n'))),
    ];
    expect(gunzipSync(one).toString()).toBe('abc\ndef\n');
    expect(two.equals(one)).toBe(true);
  });

  it('hands on a failure, and ends the source when the reader leaves', async () => {
    async function* failing() {
      yield Buffer.from('abc');
      throw new Error('the disk is gone');
    }
    await expect(bytesOf(gzipped(failing()))).rejects.toThrow('the disk is gone');
    let ended = false;
    async function* endless() {
      try {
        for (let i = 0; ; i++) yield Buffer.from(String(i).repeat(10_000));
      } finally {
        ended = true;
      }
    }
    for await (const _ of gzipped(endless())) break;
    await expect.poll(() => ended).toBe(true);
  });

  it('tells a digest only of a whole file', async () => {
    let digest: FileDigest | null = null;
    const file = () => digesting(pieces('ab', '', 'c'), (found) => (digest = found));
    for await (const _ of file()) break;
    expect(digest).toBeNull();
    expect((await bytesOf(file())).toString()).toBe('abc');
    // SHA-256 of "abc": FIPS 180-2, appendix B.1.
    expect(digest).toEqual({ bytes: 3, sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' });
  });
});
