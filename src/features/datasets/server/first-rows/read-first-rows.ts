import { buffer } from 'node:stream/consumers';
import type { Actor } from '@/lib/actor';
import { fileGone } from '../../dataset.errors';
import type { FirstRows } from '../../first-rows.schema';
import { detectFormat } from '../../formats/detect-format';
import { hasRowPerLine } from '../../formats/format.rules';
import { formatChoice } from '../../formats/format.schema';
import type { DatasetDeps } from '../dataset.service';
import { toExampleSummary } from '../example-text';
import { refuseByBytes } from '../import/file-kind';
import type { CheckedRow } from '../import/row-check';
import { withRowThread } from '../import/row-thread';
import { chooseVersion } from '../use-cases/choose-version';
import { FETCHED_BYTES, headOf } from './file-head';
import { type FirstRow, firstRowsOf } from './loose-rows';

/** More than a screen shows, and checked in some milliseconds. */
const ROWS = 50;
const SHOWN_TEXT = 300;
const LOOKED_AT_BYTES = 65_536;
/** After this long the check itself has more to show. */
const PATIENCE_MS = 10_000;

type Deps = Pick<DatasetDeps, 'repo' | 'storage'>;

/**
 * What the first rows of a file are, and what is wrong with them, while its check still runs: read from the stored file, so
 * whoever comes to the page sees them. What only other rows tell (copies, what is usual) comes with the check.
 * @throws not_found `datasets.not_found`, `datasets.version_not_found`; precondition_failed `datasets.file_gone`
 */
export const readFirstRows =
  ({ repo, storage }: Deps) =>
  async (actor: Actor, ref: { datasetId: string; versionId: string }): Promise<FirstRows> => {
    actor.require('datasets:read');
    const { fileKey, bytes, format } = await chooseVersion({ repo }, actor.workspaceId, ref);
    if (!fileKey) throw fileGone();
    const stored = await buffer(await storage.read(fileKey, { start: 0, end: FETCHED_BYTES }));
    const head = await headOf(stored, bytes <= BigInt(stored.length));
    const refusal = refuseByBytes(head.bytes.subarray(0, LOOKED_AT_BYTES));
    if (refusal) return { rows: [], numbered: false, whole: head.whole, refusal: refusal.message };
    const choice = formatChoice.safeParse(format);
    const found = detectFormat(head.bytes, head.whole, choice.success ? choice.data : {}).format;
    const rows = firstRowsOf(head.bytes, { format: found, whole: head.whole, limit: ROWS });
    const checked = await check(rows);
    return {
      rows: rows.map((row, i) => shown(row, checked[i] ?? null)),
      numbered: !hasRowPerLine(found.container),
      whole: head.whole && rows.length < ROWS,
      refusal: null,
    };
  };

/** One answer for each row; null for those that there is nothing to check of. */
async function check(rows: readonly FirstRow[]): Promise<(CheckedRow | null)[]> {
  const loose = rows.flatMap(({ line, body }) => (body === null ? [] : [{ line, body }]));
  const answers =
    loose.length === 0 ? [] : await withRowThread(AbortSignal.timeout(PATIENCE_MS), (thread) => thread.check(loose));
  let next = 0;
  return rows.map(({ body }) => (body === null ? null : (answers[next++] ?? null)));
}

function shown(
  { line, text, body, problems, placeOf }: FirstRow,
  checked: CheckedRow | null,
): FirstRows['rows'][number] {
  const measured = checked?.measured ?? null;
  const found = (checked?.findings ?? []).map(({ severity, path, message }) => ({
    ...{ severity, path: path === null ? null : placeOf(path), message },
  }));
  const none = { id: '', split: 0, trainableTokens: 0, flags: 0, score: null, tail: '' };
  // Only what passed the checks is known to be a conversation.
  const texts = toExampleSummary({
    ...none,
    line,
    tokens: 0,
    body: measured && body,
    head: text.trim().slice(0, SHOWN_TEXT),
  });
  return {
    ...{ line, kept: measured !== null, tokens: measured?.tokens ?? null },
    ...{ question: texts.firstUserText, answer: texts.lastAnswer, problems: [...problems, ...found] },
  };
}
