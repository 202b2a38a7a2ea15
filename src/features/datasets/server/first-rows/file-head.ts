import { Readable } from 'node:stream';
import { HEAD_BYTES } from '../../formats/head-text';
import { DamagedArchive, packingOf, unpack } from '../import/unpack';

/** Stored bytes that are fetched: text packs to a tenth, seldom to less than a quarter. */
export const FETCHED_BYTES = 1024 * 1024;

export interface FileHead {
  bytes: Buffer;
  /** They are all that the file has. */
  whole: boolean;
}

/** The beginning of a file, unpacked. A damaged archive is read as far as it goes: its check says what is wrong with it. */
export async function headOf(stored: Buffer, storedWhole: boolean): Promise<FileHead> {
  const packing = packingOf(stored);
  if (!packing) return { bytes: stored.subarray(0, HEAD_BYTES), whole: storedWhole && stored.length <= HEAD_BYTES };
  const pieces: Uint8Array[] = [];
  let filled = 0;
  let whole = storedWhole;
  try {
    for await (const piece of unpack(packing, Readable.from([stored]))) {
      pieces.push(piece);
      filled += piece.byteLength;
      if (filled > HEAD_BYTES) break;
    }
  } catch (error) {
    if (!(error instanceof DamagedArchive)) throw error;
    whole = false;
  }
  return { bytes: Buffer.concat(pieces).subarray(0, HEAD_BYTES), whole: whole && filled <= HEAD_BYTES };
}
