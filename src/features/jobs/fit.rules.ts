import { formatBytes, formatCount } from '@/lib/format';
import type { FitFinding, FitLine } from './fit.schema';

/** What the rules need to know of a base model (the providers slice has more). */
export interface FitBase {
  id: string;
  available: boolean;
  unavailableReason: string | null;
  connectionHealth: string;
  contextTokens: number | null;
  maxExampleTokens: number | null;
  minExamples: number;
  maxExamples: number | null;
  maxFileBytes: number;
  tokenCount: { exact: boolean; least: number; usual: number; most: number; measured: string };
  accepts: { tools: boolean | null; images: boolean | null; weights: boolean | null };
  retiresOn: string | null;
}

type BySplit = readonly [train: number, validation: number, holdout: number];

export interface FitData {
  trainRows: number;
  trainTokens: number;
  /** Sizes of the files that would be sent. */
  bytes: BySplit;
  tools: BySplit;
  images: BySplit;
  weights: BySplit;
  /** Examples that are too long: for sure, and at worst. */
  certainlyLong: number;
  possiblyLong: number;
  /** Examples that have to go for any reason, each once. */
  cut: { rows: BySplit; trainTokens: number };
}

/** Tokens that one example may have, by the model's own count; null = not known. */
export const longestExample = (base: Pick<FitBase, 'maxExampleTokens' | 'contextTokens'>): number | null =>
  base.maxExampleTokens ?? base.contextTokens;

/**
 * The most tokens, by our count, of an example that surely fits (`safe`), and of one that may still fit (`hopeful`).
 * The same where the model counts as we do.
 */
export function countedLimits(base: FitBase): { safe: number; hopeful: number } | null {
  const limit = longestExample(base);
  if (limit === null) return null;
  return { safe: Math.floor(limit / base.tokenCount.most), hopeful: Math.floor(limit / base.tokenCount.least) };
}

/**
 * Whether a version can be trained on a base model: as it is, once some examples are gone, or not at all, with everything
 * that stands in the way, what has to go and what is worth knowing. Limits are the base model's own data.
 */
export function judgeFit(
  base: FitBase,
  data: FitData,
): Pick<FitLine, 'verdict' | 'findings' | 'cut' | 'trainRows' | 'trainTokens'> {
  const trainRows = data.trainRows - data.cut.rows[0];
  const cut = total(data.cut.rows);
  const findings = [...stops(base, data, trainRows), ...cuts(base, data), ...notes(base, data)];
  const stopped = findings.some(({ kind }) => kind === 'stops');
  return {
    verdict: stopped ? 'no' : cut > 0 ? 'after_cut' : 'fits',
    ...{ findings, cut, trainRows, trainTokens: data.trainTokens - data.cut.trainTokens },
  };
}

const total = (counts: BySplit): number => counts[0] + counts[1] + counts[2];
const examples = (count: number): string => `${formatCount(count)} ${count === 1 ? 'example' : 'examples'}`;
const find = (
  kind: FitFinding['kind'],
  reason: string,
  message: string,
  rows: FitFinding['rows'] = null,
): FitFinding => ({
  ...{ kind, reason, message, rows },
});

function stops(base: FitBase, data: FitData, left: number): FitFinding[] {
  const { id, minExamples, maxExamples, maxFileBytes } = base;
  const found: FitFinding[] = [];
  if (!base.available)
    found.push(find('stops', 'model_unavailable', base.unavailableReason ?? `${id} takes no jobs here now.`));
  const have = data.cut.rows[0] > 0 ? `${formatCount(left)} would be left` : `there are ${formatCount(left)}`;
  if (left < Math.max(1, minExamples))
    found.push(
      find(
        'stops',
        'too_few_examples',
        `It needs at least ${examples(minExamples)} to train on, and ${have}. Add ${formatCount(Math.max(1, minExamples) - left)}.`,
      ),
    );
  if (maxExamples !== null && left > maxExamples)
    found.push(
      find(
        'stops',
        'too_many_examples',
        `It takes at most ${examples(maxExamples)}, and ${have}. Use a version with fewer.`,
      ),
    );
  const largest = Math.max(data.bytes[0], data.bytes[1]);
  if (largest > maxFileBytes)
    found.push(
      find(
        'stops',
        'file_too_large',
        `Its files may have ${formatBytes(maxFileBytes)}, and this one has ${formatBytes(largest)}. Use a version with fewer examples.`,
      ),
    );
  return found;
}

function cuts(base: FitBase, data: FitData): FitFinding[] {
  const found: FitFinding[] = [];
  const limits = countedLimits(base);
  if (limits && data.certainlyLong > 0)
    found.push(
      find(
        'cut',
        'examples_too_long',
        `${examples(data.certainlyLong)} ${are(data.certainlyLong)} longer than ${formatCount(longestExample(base) ?? 0)} tokens. Shorten or delete ${them(data.certainlyLong)}.`,
        { count: data.certainlyLong, minTokens: limits.hopeful + 1 },
      ),
    );
  const tools = total(data.tools);
  if (base.accepts.tools === false && tools > 0)
    found.push(
      find('cut', 'tools_not_taken', `${examples(tools)} with tools, which it does not learn. Delete ${them(tools)}.`, {
        ...{ count: tools, flag: 'tools' },
      }),
    );
  const images = total(data.images);
  if (base.accepts.images === false && images > 0)
    found.push(
      find(
        'cut',
        'images_not_taken',
        `${examples(images)} with images, which it does not take. Delete ${them(images)}.`,
      ),
    );
  return found;
}

const are = (count: number): string => (count === 1 ? 'is' : 'are');
const them = (count: number): string => (count === 1 ? 'it' : 'them');

function notes(base: FitBase, data: FitData): FitFinding[] {
  const found: FitFinding[] = [];
  const limits = countedLimits(base);
  const doubtful = data.possiblyLong - data.certainlyLong;
  if (limits && doubtful > 0)
    found.push(
      find(
        'note',
        'maybe_too_long',
        `${examples(doubtful)} more may be too long: lengths here are an estimate for this model.`,
        { count: doubtful, minTokens: limits.safe + 1 },
      ),
    );
  if (!limits) found.push(find('note', 'limit_unknown', 'How long an example may be is not known.'));
  for (const [name, counts, word] of [
    ['tools', data.tools, 'tools'],
    ['images', data.images, 'images'],
  ] as const)
    if (base.accepts[name] === null && total(counts) > 0)
      found.push(
        find(
          'note',
          `${name}_unknown`,
          `Whether it takes ${word} is not known; ${examples(total(counts))} ${total(counts) === 1 ? 'has' : 'have'} some.`,
        ),
      );
  const weights = total(data.weights);
  if (base.accepts.weights !== true && weights > 0)
    found.push(
      find(
        'note',
        'weights',
        `${examples(weights)} ${total(data.weights) === 1 ? 'has' : 'have'} answers not to be learned; ${base.accepts.weights === false ? 'it learns them all the same' : 'whether it leaves them out is not known'}.`,
      ),
    );
  if (base.connectionHealth === 'down' || base.connectionHealth === 'degraded')
    found.push(find('note', 'connection', 'The connection did not answer when it was last checked.'));
  if (base.retiresOn) found.push(find('note', 'retires', `Models tuned from it stop answering on ${base.retiresOn}.`));
  return found;
}
