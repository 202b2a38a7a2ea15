import type { Actor } from '@/lib/actor';
import { NO_ROWS_LEFT, NOTHING_TO_CHANGE } from '../../change.errors';
import type { ChangeInput, ChangePreview } from '../../change.schema';
import { versionNotFound } from '../../dataset.errors';
import { rowWord } from '../../left-out.rules';
import { splits } from '../../split.rules';
import type { DatasetDeps } from '../dataset.service';
import { type BaseVersion, findBase } from './base-version';
import { checkRows, PATIENCE_MS } from './check-rows';
import { type Judged, judge, problemsOf, warningsOf } from './judge';
import { Places } from './places';
import { choiceOf, planTouches, type RowChange } from './plan-touches';

const SAMPLES = 20;
const MAX_PROBLEMS = 100;
/** Longer texts are cut for showing. */
const SHOWN_CHARACTERS = 20_000;
/** Rows that are looked at while somebody waits; of more the counts are estimates. */
const LOOKED_AT = 20_000;
const BUDGET_MS = 8000;

type Deps = Pick<DatasetDeps, 'repo' | 'changeReads'>;

/** What a change would do; nothing is written. @throws as the change itself would, but not for rows with errors */
export const previewChange =
  (deps: Deps) =>
  async (actor: Actor, input: ChangeInput): Promise<ChangePreview> => {
    actor.require('datasets:write');
    const { base } = await findBase(deps, actor.workspaceId, input);
    const { change } = input;
    if (change.kind === 'goBack') return previewBack(deps, base, change.number);
    return previewRows(deps, base, change);
  };

async function previewRows({ changeReads: reads }: Deps, base: BaseVersion, change: RowChange): Promise<ChangePreview> {
  const check = checkRows(AbortSignal.timeout(PATIENCE_MS));
  const preview = empty();
  const places = new Places(reads, base);
  const until = Date.now() + BUDGET_MS;
  const isOfOne = change.kind === 'edit' || change.kind === 'add';
  const moved: string[] = [];
  let touched = 0;
  let seen = 0;
  for await (const { seen: looked, touches } of planTouches({ reads, base, places, tx: undefined }, change)) {
    seen += looked;
    const judged = await judge(touches, change, check);
    touched += judged.length;
    for (const one of judged) addTo(preview, one);
    moved.push(...touches.flatMap((one) => (one.kind === 'moved' ? one.before.id : [])).slice(0, SAMPLES));
    preview.problems.push(...problemsOf(judged, isOfOne ? null : rowWord(base.rowsNumbered)));
    if (isOfOne) preview.warnings.push(...warningsOf(judged));
    if (preview.problems.length >= MAX_PROBLEMS) break;
    if (seen < LOOKED_AT && Date.now() < until) continue;
    preview.estimated = true;
    break;
  }
  preview.problems.splice(MAX_PROBLEMS);
  await complete(reads, base, change, preview, seen);
  // It is about the rows that have the problem; which flag it begins with is nobody's concern.
  if (change.kind === 'fix') preview.matched = preview.changed + preview.removed;
  await fillIn(reads, base, preview, moved);
  if (touched === 0 && !preview.estimated) preview.problems.push({ path: null, message: NOTHING_TO_CHANGE });
  if (base.rows + preview.added - preview.removed <= 0) preview.problems.push({ path: null, message: NO_ROWS_LEFT });
  return preview;
}

/** Rows that only move were read without their text. */
async function fillIn(reads: Deps['changeReads'], base: BaseVersion, preview: ChangePreview, moved: readonly string[]) {
  const ids = moved.slice(0, SAMPLES);
  if (ids.length === 0) return;
  for await (const rows of reads.rows(base, { ids }, { bodies: true }))
    for (const { line, body } of rows) {
      const sample = preview.samples.find((one) => one.line === line);
      if (sample) Object.assign(sample, { before: shown(body), after: shown(body) });
    }
}

/** Totals that the database can tell replace those of the rows that were looked at. */
async function complete(
  reads: Deps['changeReads'],
  base: BaseVersion,
  change: RowChange,
  preview: ChangePreview,
  seen: number,
): Promise<void> {
  const choice = choiceOf(change);
  if (!choice) {
    preview.matched = change.kind === 'resplit' ? base.rows : seen;
    if (preview.estimated) scale(preview, preview.matched / seen);
    return;
  }
  const sums = await reads.sums(base, choice);
  preview.matched = sums.reduce((sum, { rows }) => sum + rows, 0);
  // The last batch may have been the end.
  if (seen >= preview.matched) preview.estimated = false;
  if (!preview.estimated) return;
  const tokens = sums.reduce((sum, side) => sum + Number(side.tokens), 0);
  if (change.kind === 'deleteMatching' || (change.kind === 'fix' && change.code === 'duplicate_example')) {
    Object.assign(preview, { estimated: false, removed: preview.matched, tokensBefore: tokens, tokensAfter: 0 });
  } else if (change.kind === 'moveMatching') {
    const there = sums.filter(({ split }) => splits[split] !== change.split);
    const moving = there.reduce((sum, side) => sum + Number(side.tokens), 0);
    preview.changed = there.reduce((sum, { rows }) => sum + rows, 0);
    Object.assign(preview, { estimated: false, tokensBefore: moving, tokensAfter: moving });
  } else scale(preview, preview.matched / Math.max(1, seen));
}

/** What holds for the rows that were looked at is taken to hold for the rest. */
function scale(preview: ChangePreview, factor: number): void {
  for (const key of ['changed', 'added', 'removed', 'tokensBefore', 'tokensAfter'] as const)
    preview[key] = Math.round(preview[key] * factor);
}

function addTo(preview: ChangePreview, { touch, after }: Judged): void {
  const old = touch.kind === 'added' || touch.kind === 'copied' ? null : touch.before;
  const next = 'after' in touch ? touch.after : touch.kind === 'moved' ? { ...touch.before, split: touch.split } : null;
  if (old && next) preview.changed++;
  else if (next) preview.added++;
  else preview.removed++;
  preview.tokensBefore += old?.tokens ?? 0;
  const unchanged = touch.kind === 'moved' ? touch.before.tokens : touch.kind === 'copied' ? touch.original.tokens : 0;
  preview.tokensAfter += after?.measured?.tokens ?? unchanged;
  if (preview.samples.length >= SAMPLES) return;
  preview.samples.push({
    line: next?.line ?? old?.line ?? 0,
    split: { before: sideOf(old), after: sideOf(next) },
    before: old && shown(old.body),
    after: next && shown(next.body),
  });
}

async function previewBack({ changeReads }: Deps, base: BaseVersion, number: number): Promise<ChangePreview> {
  const { datasetId } = base;
  const old = await changeReads.version(datasetId, { number });
  if (old?.status !== 'ready' || number > base.number) throw versionNotFound();
  const { back, away, before, after } = await changeReads.apart(datasetId, number, base.number);
  const rows = await changeReads.samplesApart(datasetId, number, base.number, SAMPLES);
  return {
    ...empty(),
    ...{ matched: back + away, added: back, removed: away, tokensBefore: Number(before), tokensAfter: Number(after) },
    samples: rows.map(({ isBack, line, split, body }) => ({
      line,
      split: { before: isBack ? null : sideOf({ split }), after: isBack ? sideOf({ split }) : null },
      ...{ before: isBack ? null : shown(body), after: isBack ? shown(body) : null },
    })),
    problems: back + away === 0 ? [{ path: null, message: NOTHING_TO_CHANGE }] : [],
  };
}

const empty = (): ChangePreview => ({
  ...{ matched: 0, changed: 0, added: 0, removed: 0, tokensBefore: 0, tokensAfter: 0 },
  ...{ estimated: false, samples: [], problems: [], warnings: [] },
});

const sideOf = (row: { split: number } | null) => (row ? (splits[row.split] ?? 'train') : null);
const shown = (body: string): string => (body.length > SHOWN_CHARACTERS ? `${body.slice(0, SHOWN_CHARACTERS)}…` : body);
