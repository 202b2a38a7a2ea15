import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';

export type Packing = 'gzip' | 'zstd';

/** Damaged, cut off, or made to fill the memory. */
export class DamagedArchive extends Error {}

/** Told by the first bytes. Sources: RFC 1952 (gzip), RFC 8878 (zstd). */
export function packingOf(first: Uint8Array): Packing | null {
  if (first[0] === 0x1f && first[1] === 0x8b) return 'gzip';
  if (first[0] === 0x28 && first[1] === 0xb5 && first[2] === 0x2f && first[3] === 0xfd) return 'zstd';
  return null;
}

/** The content of an archive, piece by piece. @throws DamagedArchive */
export function unpack(packing: Packing, packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  return packing === 'gzip' ? gunzip(packed) : unzstd(packed);
}

async function* gunzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ chunkSize: 256 * 1024 });
  pipeline(Readable.from(packed, { objectMode: false }), stream, () => undefined);
  try {
    yield* stream as AsyncIterable<Uint8Array>;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw code.startsWith('Z_') ? new DamagedArchive('gzip', { cause: error }) : error;
  }
}

/** Four bytes of zstd may stand for 128 KB: fed in small pieces, one of them never becomes more than some megabytes. */
const PIECE_BYTES = 512;
/** As much as the zstd tool itself agrees to without being asked. */
const MAX_WINDOW_BYTES = 128 * 1024 ** 2;

async function* unzstd(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const stream = new Decompress((piece) => {
    // The decompressor goes on with its buffer.
    if (piece.length > 0) ready.push(piece.slice());
  });
  let first = true;
  for await (const bytes of packed) {
    if (first && windowBytes(bytes) > MAX_WINDOW_BYTES) throw new DamagedArchive('zstd');
    first = false;
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      push(stream, bytes.subarray(at, at + PIECE_BYTES), false);
      yield* ready;
      ready = [];
    }
  }
  push(stream, new Uint8Array(0), true);
  yield* ready;
}

function push(stream: Decompress, bytes: Uint8Array, last: boolean): void {
  try {
    stream.push(bytes.slice(), last);
  } catch (error) {
    throw new DamagedArchive('zstd', { cause: error });
  }
}

/** What the frame asks to be kept in memory. Source: RFC 8878, 3.1.1.1.2. */
function windowBytes(frame: Uint8Array): number {
  const [descriptor = 0, window = 0] = frame.subarray(4, 6);
  const isSingle = (descriptor & 0x20) !== 0;
  if (!isSingle) {
    const base = 2 ** (10 + (window >> 3));
    return base + (base / 8) * (window & 7);
  }
  const sizeBytes = [1, 2, 4, 8][descriptor >> 6] ?? 1;
  const from = 5 + ([0, 1, 2, 4][descriptor & 3] ?? 0);
  let size = 0;
  for (let i = sizeBytes - 1; i >= 0; i--) size = size * 256 + (frame[from + i] ?? 0);
  return size;
}
