/** A stretch of text that both sides have, or only one of them. */
export interface Span {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Above this many comparisons the differing middle is shown as a whole: more would hold up the screen. */
const MOST_COMPARED = 4_000_000;
const PIECES = /\s+|[\p{L}\p{M}\p{N}_]+|[^\s\p{L}\p{M}\p{N}_]/gu;

/** What of a text went and what came, by whole words. Joining all that is not `added` gives `before`, all that is not `removed` `after`. */
export function diffWords(before: string, after: string): Span[] {
  const left = before.match(PIECES) ?? [];
  const right = after.match(PIECES) ?? [];
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let end = 0;
  while (
    end < left.length - start &&
    end < right.length - start &&
    left[left.length - 1 - end] === right[right.length - 1 - end]
  )
    end++;
  const middle = diffPieces(left.slice(start, left.length - end), right.slice(start, right.length - end));
  return joined([
    { kind: 'same', text: left.slice(0, start).join('') },
    ...middle,
    { kind: 'same', text: left.slice(left.length - end).join('') },
  ]);
}

function diffPieces(left: readonly string[], right: readonly string[]): Span[] {
  const whole: Span[] = [
    { kind: 'removed', text: left.join('') },
    { kind: 'added', text: right.join('') },
  ];
  if (left.length === 0 || right.length === 0 || left.length * right.length > MOST_COMPARED) return whole;
  // Longest common subsequence, lengths from the end: common[i][j] of left[i…] and right[j…].
  const width = right.length + 1;
  const common = new Uint16Array((left.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      common[i * width + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const spans: Span[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const [l, r] = [left[i], right[j]];
    if (l !== undefined && l === r) {
      spans.push({ kind: 'same', text: l });
      i++;
      j++;
    } else if (l !== undefined && (r === undefined || at(i + 1, j) >= at(i, j + 1))) {
      spans.push({ kind: 'removed', text: l });
      i++;
    } else {
      spans.push({ kind: 'added', text: r ?? '' });
      j++;
    }
  }
  return spans;
}

/** Neighbours of one kind become one. */
function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    if (span.text === '') continue;
    const last = result.at(-1);
    if (last?.kind === span.kind) last.text += span.text;
    else result.push({ ...span });
  }
  return result;
}
