import { PAIRS, RANKS, reserve, STARTS, TEXT } from './layout';
import { NO_RANK, rankOf } from './vocabulary';

/** Longer pieces go through a heap: the plain search is quadratic. */
const LONG_PIECE: u32 = 200;
/** Whether the parts of the last piece are a list of starts (short pieces) or linked (long ones), and where. */
let linked: usize = 0;

/** Number of tokens in a piece: merges the pair of lowest rank (leftmost first) until none is a token. */
export function countMerged(piece: usize, length: u32, spare: usize): u32 {
  linked = 0;
  store<u32>(STARTS, 0);
  store<u32>(STARTS + 4, length);
  if (length === 1 || rankOf(piece, length) !== NO_RANK) return 1;
  return length > LONG_PIECE ? countByHeap(piece, length, spare) : countByScan(piece, length);
}

/** After countMerged: start of the part that follows the part that starts at `from`, the `index`th. */
export function nextPart(index: u32, from: u32): u32 {
  return linked ? load<u32>(linked + ((<usize>from) << 2)) : load<u32>(STARTS + ((<usize>(index + 1)) << 2));
}

function countByScan(piece: usize, length: u32): u32 {
  let parts = length;
  for (let i: u32 = 0; i <= length; i++) store<u32>(STARTS + ((<usize>i) << 2), i);
  for (let i: u32 = 0; i < length - 1; i++) {
    const pair = ((<usize>load<u8>(piece + i)) << 10) | ((<usize>load<u8>(piece + i + 1)) << 2);
    store<u32>(RANKS + ((<usize>i) << 2), load<u32>(PAIRS + pair));
  }
  while (true) {
    let best = NO_RANK;
    let place: usize = 0;
    const stop = RANKS + ((<usize>(parts - 1)) << 2);
    for (let at = RANKS; at < stop; at += 4) {
      const rank = load<u32>(at);
      if (rank >= best) continue;
      best = rank;
      place = at;
    }
    if (best === NO_RANK) return parts;
    parts--;
    const start = place - RANKS + STARTS;
    const moved = ((<usize>parts) << 2) + STARTS - start;
    memory.copy(start + 4, start + 8, moved);
    memory.copy(place + 4, place + 8, moved);
    const from = load<u32>(start);
    if (place < RANKS + ((<usize>(parts - 1)) << 2))
      store<u32>(place, rankOf(piece + from, load<u32>(start + 8) - from));
    if (place === RANKS) continue;
    const before = load<u32>(start - 4);
    store<u32>(place - 4, rankOf(piece + before, load<u32>(start + 4) - before));
  }
}

// The heap's tables, in the memory behind the text: for each byte the next and the previous part and the rank of the part
// with its next one; then the heap of rank << 32 | start, smallest first.
let next: usize = 0;
let previous: usize = 0;
let ranks: usize = 0;
let heap: usize = 0;
let heaped: u32 = 0;

/** O(n log n); outdated candidates are dropped when they surface. */
function countByHeap(piece: usize, length: u32, spare: usize): u32 {
  const bytes = (<usize>(length + 1)) << 2;
  next = (spare + 15) & ~15;
  previous = next + bytes;
  ranks = previous + bytes;
  heap = (ranks + bytes + 7) & ~7;
  // Every merge takes one candidate out and puts at most two in.
  reserve(heap - TEXT + ((<usize>(length + 4)) << 4));
  heaped = 0;
  linked = next;
  for (let i: u32 = 0; i <= length; i++) {
    store<u32>(next + ((<usize>i) << 2), i + 1);
    store<u32>(previous + ((<usize>i) << 2), i - 1);
    store<u32>(ranks + ((<usize>i) << 2), NO_RANK);
  }
  for (let i: u32 = 0; i < length - 1; i++) consider(piece, length, i);
  let parts = length;
  while (heaped > 0) {
    const key = pop();
    const at = <u32>key;
    if (load<u32>(ranks + ((<usize>at) << 2)) !== <u32>(key >> 32)) continue;
    const merged = load<u32>(next + ((<usize>at) << 2));
    const after = load<u32>(next + ((<usize>merged) << 2));
    store<u32>(next + ((<usize>at) << 2), after);
    store<u32>(previous + ((<usize>after) << 2), at);
    store<u32>(ranks + ((<usize>merged) << 2), NO_RANK);
    parts--;
    consider(piece, length, at);
    if (at > 0) consider(piece, length, load<u32>(previous + ((<usize>at) << 2)));
  }
  return parts;
}

function consider(piece: usize, length: u32, at: u32): void {
  const second = load<u32>(next + ((<usize>at) << 2));
  const rank = second < length ? rankOf(piece + at, load<u32>(next + ((<usize>second) << 2)) - at) : NO_RANK;
  store<u32>(ranks + ((<usize>at) << 2), rank);
  if (rank !== NO_RANK) push(((<u64>rank) << 32) | at);
}

function push(key: u64): void {
  let at = heaped++;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = load<u64>(heap + ((<usize>parent) << 3));
    if (above <= key) break;
    store<u64>(heap + ((<usize>at) << 3), above);
    at = parent;
  }
  store<u64>(heap + ((<usize>at) << 3), key);
}

function pop(): u64 {
  const top = load<u64>(heap);
  const key = load<u64>(heap + ((<usize>--heaped) << 3));
  let at: u32 = 0;
  for (let child: u32 = 1; child < heaped; child = 2 * at + 1) {
    if (child + 1 < heaped && load<u64>(heap + ((<usize>(child + 1)) << 3)) < load<u64>(heap + ((<usize>child) << 3)))
      child++;
    const below = load<u64>(heap + ((<usize>child) << 3));
    if (below >= key) break;
    store<u64>(heap + ((<usize>at) << 3), below);
    at = child;
  }
  store<u64>(heap + ((<usize>at) << 3), key);
  return top;
}
