import { formatCount } from '@/lib/format';
import { type DiffKind, diffKinds } from '../../diff.rules';
import type { VersionDiff, VersionFigures } from '../../diff.schema';

export const diffKindNames = {
  changed: 'Changed',
  added: 'Added',
  removed: 'Removed',
  moved: 'Moved',
} as const satisfies Record<DiffKind, string>;

/** What stands before a row, so that colour never speaks alone. */
export const diffSigns = { changed: '±', added: '+', removed: '−', moved: '→' } as const satisfies Record<
  DiffKind,
  string
>;

const WORDS = {
  changed: 'changed',
  added: 'added',
  removed: 'removed',
  moved: 'moved to another split',
} as const satisfies Record<DiffKind, string>;

/** Kinds of which there is at least one row. */
export const kindsOf = ({ counts }: Pick<VersionDiff, 'counts'>): DiffKind[] =>
  diffKinds.filter((kind) => counts[kind] > 0);

/** "12 rows changed, 3 added, 1 removed; 1 224 are the same"; null when nothing is other. */
export function diffSentence({ counts, figures }: Pick<VersionDiff, 'counts' | 'figures'>): string | null {
  const kinds = kindsOf({ counts });
  if (kinds.length === 0) return null;
  const told = kinds.map((kind, index) => {
    const rows = index > 0 ? '' : counts[kind] === 1 ? ' row' : ' rows';
    return `${formatCount(counts[kind])}${rows} ${WORDS[kind]}`;
  });
  const same = figures.before.rows - counts.changed - counts.removed - counts.moved;
  const stayed = same <= 0 ? 'none is' : same === 1 ? '1 is' : `${formatCount(same)} are`;
  return `${told.join(', ')}; ${stayed} the same`;
}

export interface FigureRow {
  name: string;
  before: number | null;
  after: number | null;
  /** Decimals that are always shown; none when left out. */
  digits?: number;
}

/** Mean scores; undefined where a version has none, or it is not known yet. */
export interface BothScores {
  before: number | undefined;
  after: number | undefined;
}

interface FigureGroup {
  title: string;
  rows: FigureRow[];
}

/** Figures of both versions, in groups. */
export function figureGroups({ before, after }: VersionDiff['figures'], scores: BothScores): FigureGroup[] {
  const row = (name: string, of: (figures: VersionFigures) => number | null): FigureRow => ({
    ...{ name, before: of(before), after: of(after) },
  });
  return [
    {
      title: 'Rows',
      rows: [
        row('All', ({ rows }) => rows),
        row('Training', ({ trainRows }) => trainRows),
        row('Validation', ({ validationRows }) => validationRows),
        row('Held out', ({ holdoutRows }) => holdoutRows),
      ],
    },
    {
      title: 'Quality',
      rows: [
        { name: 'Mean score', before: scores.before ?? null, after: scores.after ?? null, digits: 1 },
        row('Rows left out', ({ problems }) => problems),
        row('Warnings', ({ warnings }) => warnings),
      ],
    },
    {
      title: 'Tokens',
      rows: [
        row('All', ({ tokens }) => tokens),
        row('Trained on', ({ trainableTokens }) => trainableTokens),
        row('Billed per epoch', ({ trainTokens }) => trainTokens),
      ],
    },
    {
      title: 'Tokens per example',
      rows: [
        row('Half have at most', ({ percentiles }) => percentiles?.p50 ?? null),
        row('90 % have at most', ({ percentiles }) => percentiles?.p90 ?? null),
        row('99 % have at most', ({ percentiles }) => percentiles?.p99 ?? null),
        row('Longest', ({ percentiles }) => percentiles?.max ?? null),
      ],
    },
  ];
}

/** "+12", "−3", or "same": with a real minus, so that it is as wide as the plus. */
export function differenceText(before: number | null, after: number | null, digits = 0): string {
  if (before === null || after === null) return '–';
  if (before === after) return 'same';
  return `${after > before ? '+' : '−'}${figureText(Math.abs(after - before), digits)}`;
}

export const figureText = (value: number, digits = 0): string =>
  digits > 0 ? value.toFixed(digits) : formatCount(value);
