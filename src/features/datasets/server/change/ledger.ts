import type { VersionStats } from '../../dataset.schema';
import { FLAG, flagsOf, problemFlag } from '../../flag.rules';
import { describeProblem, type ProblemCode, problemKinds } from '../../problem.rules';
import { scoreOf } from '../../score.rules';
import type { Finding } from '../import/findings';
import type { CheckedRow, MeasuredRow } from '../import/row-check';
import { type Aggregates, Tally } from '../import/tally';
import type { Judged } from './judge';
import type { NewRow, RowToInsert, StoredRow } from './touch';

const FEW_EXAMPLES = 10;
/** As many places as an import keeps of one code. */
const KEEP_PER_CODE = 100;

/** The figures of the next version: those of its parent, less what went, plus what came. */
export class Ledger {
  readonly tally: Tally;
  readonly findings: Finding[] = [];
  private readonly totals: Map<string, number>;
  private readonly kept = new Map<string, number>();
  private rejectedRows: number;

  constructor(aggregates: Aggregates, stats: Pick<VersionStats, 'problems' | 'rejectedRows'>) {
    this.tally = new Tally(aggregates);
    this.totals = new Map(Object.entries(stats.problems));
    this.rejectedRows = stats.rejectedRows;
  }

  /** Books one judged touch. @returns the row to write, when the change writes it whole */
  book({ touch, before, after }: Judged): RowToInsert | null {
    if (touch.kind === 'moved') {
      this.mark(touch.before, touch.flags);
      const { tokens, split, flags } = touch.before;
      this.unsay(flags & ~touch.flags);
      this.tally.move(split, -1, -tokens);
      this.tally.move(touch.split, 1, tokens);
      return null;
    }
    if (touch.kind === 'gone' || touch.kind === 'written') this.remove(touch.before, before);
    if (touch.kind === 'copied') return this.insert(touch.after, { ...asStored(touch.original, before) }, before);
    if (touch.kind === 'gone' || !after?.measured) return null;
    return this.insert(touch.after, after.measured, after);
  }

  /** Another opinion of a row that stays. */
  mark({ flags, score }: Pick<StoredRow, 'flags' | 'score'>, now: number): void {
    if (flags === now) return;
    this.tally.addVerdict(flags, score ?? 0, -1);
    this.tally.addVerdict(now, scoreOf(now), 1);
  }

  addFinding(finding: Finding): void {
    const count = (this.kept.get(finding.code) ?? 0) + 1;
    this.kept.set(finding.code, count);
    if (count <= KEEP_PER_CODE) this.findings.push(finding);
  }

  /** A row that was left out is no more. @returns whether it was the last of them */
  takeBackRow(): boolean {
    this.rejectedRows = Math.max(0, this.rejectedRows - 1);
    return this.rejectedRows === 0;
  }

  /**
   * Errors of a row that is left out no more, by code.
   * @param kept  places that are left: with the last row errors are over too whose places were too many to be kept
   */
  unsayErrors(codes: readonly string[], kept: ReadonlyMap<string, number>): void {
    for (const code of codes) this.totals.set(code, Math.max(0, (this.totals.get(code) ?? 0) - 1));
    if (codes.length === 0 || this.rejectedRows > 0) return;
    for (const code of this.totals.keys())
      if (describeProblem(code).severity === 'error') this.totals.set(code, kept.get(code) ?? 0);
  }

  /** Places that the version has of a code already count against what is kept of it. */
  startFrom(kept: ReadonlyMap<string, number>): void {
    for (const [code, count] of kept) this.kept.set(code, count);
  }

  /** Everything that the next version's row keeps. */
  close() {
    const { stats, ...figures } = this.tally.figures();
    this.totals.set('duplicate_example', this.tally.withFlag('duplicate'));
    const isSmall = figures.rows < FEW_EXAMPLES;
    this.totals.set('too_few_examples', isSmall ? 1 : 0);
    if (isSmall) this.addFinding(tooFew(figures.rows));
    const problems = Object.fromEntries([...this.totals].filter(([, total]) => total > 0));
    const warnings = Object.entries(problems)
      .filter(([code]) => describeProblem(code).severity === 'warning')
      .reduce((sum, [, total]) => sum + total, 0);
    return {
      ...{ figures, warnings, aggregates: this.tally.state() },
      stats: { ...stats, problems, rejectedRows: this.rejectedRows } satisfies VersionStats,
    };
  }

  private remove(row: StoredRow, known: CheckedRow | null): void {
    const measured = known?.measured;
    const { tokens, trainableTokens, flags, score, split } = row;
    const assistantTurns = measured?.assistantTurns ?? 0;
    this.tally.add({ tokens, trainableTokens, flags, score: score ?? 0, assistantTurns, split }, -1);
    this.addParts(known, -1);
    this.unsay(flags & ~(measured?.flags ?? flags) & ~FLAG.duplicate);
  }

  /** What only the other rows told of a row is known by its flags alone. */
  private unsay(flags: number): void {
    for (const name of flagsOf(flags)) {
      const code = Object.keys(problemFlag).find(
        (one) => problemFlag[one as ProblemCode] === name && (this.totals.get(one) ?? 0) > 0,
      );
      if (code) this.totals.set(code, (this.totals.get(code) ?? 0) - 1);
    }
  }

  private insert(place: NewRow, measured: MeasuredRow | Known, known: CheckedRow | null): RowToInsert {
    const { tokens, trainableTokens, hash, nearHash, flags, score, assistantTurns } = measured;
    const { ordinal, line, split, body } = place;
    this.tally.add({ tokens, trainableTokens, flags, score, assistantTurns, split }, 1);
    this.addParts(known, 1);
    for (const finding of known?.findings ?? []) this.addFinding({ ...finding, line });
    return { ordinal, line, split, body, tokens, trainableTokens, hash, nearHash, flags, score };
  }

  /** Roles and findings, which no column of the row has. */
  private addParts(known: CheckedRow | null, times: number): void {
    for (const [role, count] of Object.entries(known?.measured?.roles ?? {})) this.tally.addRole(role, times * count);
    for (const [code, count] of Object.entries(known?.totals ?? {}))
      this.totals.set(code, Math.max(0, (this.totals.get(code) ?? 0) + times * count));
  }
}

type Known = Omit<MeasuredRow, 'roles' | 'nearHash'> & { nearHash: bigint | null };

/** A copy is measured as its original was; what it is to the other rows is decided at the end. */
function asStored({ tokens, trainableTokens, hash, nearHash }: StoredRow, known: CheckedRow | null): Known {
  const { assistantTurns = 0, flags = 0, score = 0 } = known?.measured ?? {};
  return { tokens, trainableTokens, hash, nearHash, flags, score, assistantTurns };
}

const tooFew = (rows: number): Finding => ({
  ...{ code: 'too_few_examples', severity: problemKinds.too_few_examples.severity, line: null, path: null },
  ...{ message: `This version has ${rows} of them.`, excerpt: null },
});
