import { mixText } from './content-hash';
import { END_BYTE } from './layout';
import { countPiece } from './piece-counts';
import { pieceEnd } from './scanner';
import { keepCount, knownCount } from './text-counts';

/** Tokens of a text. The byte behind it is overwritten; `spare` is memory that merging may use. */
export function countText(text: usize, length: u32, spare: usize): u32 {
  const end = text + length;
  store<u8>(end, <u8>END_BYTE);
  let total: u32 = 0;
  for (let at = text; at < end; ) {
    const to = pieceEnd(at);
    total += to - at === 1 ? 1 : countPiece(at, <u32>(to - at), spare);
    at = to;
  }
  return total;
}

/** Takes a text into the hash and counts its tokens. */
export function takeText(text: usize, length: u32, spare: usize): u32 {
  const hash = mixText(text, length);
  const known = knownCount(text, hash, length);
  if (known >= 0) return known;
  const counted = countText(text, length, spare);
  keepCount(text, hash, length, counted);
  return counted;
}
