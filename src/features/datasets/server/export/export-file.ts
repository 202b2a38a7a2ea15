import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { ExportFormat, ExportSplit } from '../../export.schema';

export interface FileDigest {
  bytes: number;
  sha256: string;
}

export const contentTypes = {
  jsonl: 'application/jsonl',
  training: 'application/jsonl',
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
} as const satisfies Record<ExportFormat, string>;

interface FileNameParts {
  datasetName: string;
  number: number;
  format: ExportFormat;
  split: ExportSplit;
  gzip: boolean;
}

/** "Support tickets", 3, training → "support-tickets-v3-train.jsonl". Letters and digits of any script stay, the rest becomes hyphens. */
export function exportFileName({ datasetName, number, format, split, gzip }: FileNameParts): string {
  const words = datasetName.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  // File systems take 255 bytes, and a letter may have four.
  const name = [...words.join('-')].slice(0, 50).join('') || 'dataset';
  const ending = format === 'training' ? 'training.jsonl' : format;
  return `${name}-v${number}${split === 'all' ? '' : `-${split}`}.${ending}${gzip ? '.gz' : ''}`;
}

/** RFC 6266: a plain name for old clients, the real one in UTF-8. */
export function contentDisposition(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}

/** Packed with fixed settings and no time in its header, so the same file packs to the same bytes. */
export async function* gzipped(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const packer = createGzip({ level: 6 });
  // A failure of the file reaches the reader through the packer, which it destroys.
  const source = Readable.from(file, { objectMode: true });
  pipeline(source, packer, () => undefined);
  try {
    yield* packer as AsyncIterable<Buffer>;
  } finally {
    source.destroy();
  }
}

/** Passes a file on, and tells its digest once all of it has gone by. */
export async function* digesting(
  file: AsyncIterable<Uint8Array>,
  onEnd: (digest: FileDigest) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of file) {
    if (piece.byteLength === 0) continue;
    hash.update(piece);
    bytes += piece.byteLength;
    yield piece;
  }
  onEnd({ bytes, sha256: hash.digest('hex') });
}
