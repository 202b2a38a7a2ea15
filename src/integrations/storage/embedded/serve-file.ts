import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { FileRecord, FileStore } from './file-store';
import { IngestError, isMissing } from './ingest-error';

/**
 * Files share the app's origin: none may run as a page or be guessed into another type, or an uploaded one would be stored XSS.
 */
const HARMLESS = {
  'content-type': 'application/octet-stream',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'accept-ranges': 'bytes',
};

/** Answers GET and HEAD for a complete file, one range at most. Throws IngestError 404, 416. */
export async function serveFile(store: FileStore, record: FileRecord, request: Request): Promise<Response> {
  const range = readRange(request.headers.get('range'), record.size);
  const start = range?.start ?? 0;
  const end = range?.end ?? record.size;
  const headers = new Headers({
    ...HARMLESS,
    'content-disposition': attachment(record.name),
    'content-length': String(end - start),
    ...(range && { 'content-range': `bytes ${start}-${end - 1}/${record.size}` }),
  });
  const status = range ? 206 : 200;
  if (request.method === 'HEAD' || end === start) return new Response(null, { status, headers });
  const body = await openBytes(store, record.key, start, end);
  return new Response(Readable.toWeb(body) as ReadableStream<Uint8Array>, { status, headers });
}

/** Bytes `start` to before `end` of a complete file. Opened before anything is promised. Throws IngestError 404. */
export async function openBytes(store: FileStore, key: string, start: number, end: number): Promise<Readable> {
  if (end <= start) return Readable.from([]);
  const file = await open(store.path(key, 'data'), 'r').catch((error: unknown) => {
    throw isMissing(error) ? gone() : error;
  });
  return file.createReadStream({ start, end: end - 1, highWaterMark: 256 * 1024 });
}

export const gone = (): IngestError =>
  new IngestError(404, 'This file is not in the storage: it was deleted, or its upload never finished.');

/** Several ranges at once, and what is not understood, count as no range: RFC 9110 14.2 leaves that to the server. */
function readRange(header: string | null, size: number): { start: number; end: number } | null {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return null;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size : Math.min(size, Number(to) + 1);
  if (start >= size || end <= start)
    throw new IngestError(416, `The file has ${size} bytes; this range is past its end.`);
  return { start, end };
}

function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
