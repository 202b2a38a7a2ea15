import { HEAD_BYTES } from '../../formats/head-text';

/** The first bytes of a file, unpacked. */
export interface FileHead {
  bytes: Uint8Array;
  /** They are all that the file has. */
  whole: boolean;
  packed: boolean;
}

/** How much of a packed file is fetched to get at its first bytes: text packs to a tenth, seldom to less than a third. */
const PACKED_BYTES = 1024 * 1024;

/** Reads the beginning of a chosen file, through gzip and zstd too. Null: it is damaged, which the check then says better. */
export async function readFileHead(file: Blob): Promise<FileHead | null> {
  const first = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  try {
    if (first[0] === 0x1f && first[1] === 0x8b) return await gunzipHead(file);
    if (first[0] === 0x28 && first[1] === 0xb5) return await unzstdHead(file);
  } catch {
    return null;
  }
  const bytes = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  return { bytes, whole: bytes.length === file.size, packed: false };
}

async function gunzipHead(file: Blob): Promise<FileHead> {
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const head = new HeadBytes();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return head.taken(true);
    if (!head.add(value)) continue;
    await reader.cancel().catch(() => undefined);
    return head.taken(false);
  }
}

async function unzstdHead(file: Blob): Promise<FileHead> {
  const { Decompress } = await import('fzstd');
  const packed = new Uint8Array(await file.slice(0, PACKED_BYTES).arrayBuffer());
  const head = new HeadBytes();
  let full = false;
  const stream = new Decompress((piece) => {
    full ||= head.add(piece);
  });
  for (let at = 0; at < packed.length && !full; at += 512) stream.push(packed.slice(at, at + 512));
  return head.taken(!full && packed.length === file.size);
}

class HeadBytes {
  private readonly bytes = new Uint8Array(HEAD_BYTES);
  private filled = 0;

  /** @returns whether there is enough */
  add(piece: Uint8Array): boolean {
    const part = piece.subarray(0, HEAD_BYTES - this.filled);
    this.bytes.set(part, this.filled);
    this.filled += part.length;
    return this.filled === HEAD_BYTES;
  }

  taken(whole: boolean): FileHead {
    return { bytes: this.bytes.slice(0, this.filled), whole, packed: true };
  }
}
