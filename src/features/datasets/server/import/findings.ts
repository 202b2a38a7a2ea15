import { redactText } from '../../personal-data.rules';
import { type ProblemCode, problemKinds, type Severity } from '../../problem.rules';

/** One place where something is wrong. */
export interface Finding {
  code: ProblemCode;
  severity: Severity;
  /** The line, or in a JSON list the number of the row; both start at 1. Null means the file as a whole. */
  line: number | null;
  /** Of an error in a JSON list: the number of its row there once more. */
  element?: number;
  path: string | null;
  message: string;
  excerpt: string | null;
}

/** Each code keeps this many places; the totals stay true. */
const KEEP_PER_CODE = 100;
const MAX_EXCERPT = 160;
/** Of a place, so that a long secret is seen as one before it is cut. */
const LOOKED_AT = 4000;
const MAX_PATH = 200;
const MAX_MESSAGE = 300;

interface Place {
  line: number | null;
  path?: string;
  message: string;
  excerpt?: string | (() => string | null);
}

/** Collects problems with bounded memory, however broken the file is. */
export class Findings {
  readonly kept: Finding[] = [];
  readonly totals = new Map<ProblemCode, number>();
  /** Rows are known by their number in a list, which may have all of them on one line. Set by who reads the list. */
  numbered = false;
  /** The element of a list that is being read. Set by who reads the list. */
  element: number | null = null;
  private errorLines = 0;
  private warnings = 0;

  /** `excerpt` may be a function: it is asked only for the places that are kept. */
  add(code: ProblemCode, place: Place): Severity {
    const total = (this.totals.get(code) ?? 0) + 1;
    this.totals.set(code, total);
    const { severity } = problemKinds[code];
    if (severity === 'warning') this.warnings++;
    if (total > KEEP_PER_CODE) return severity;
    const raw = typeof place.excerpt === 'function' ? place.excerpt() : place.excerpt;
    this.kept.push({
      ...{ code, severity, line: place.line },
      // Errors are found while their row is read; other things may be found when all rows are known.
      ...(severity === 'error' && this.element !== null && { element: this.element }),
      path: place.path === undefined ? null : clean(place.path, MAX_PATH),
      message: clean(place.message, MAX_MESSAGE),
      // A report is read by many: what it quotes must not give a secret away.
      excerpt: raw === undefined || raw === null ? null : clean(redactText(raw.slice(0, LOOKED_AT)), MAX_EXCERPT),
    });
    return severity;
  }

  /** A row that stays out of the version, whatever number of errors it has. */
  rejectRow(): void {
    this.errorLines++;
  }

  get summary(): { rejectedRows: number; warnings: number; totals: Record<string, number> } {
    return { rejectedRows: this.errorLines, warnings: this.warnings, totals: Object.fromEntries(this.totals) };
  }
}

/** Short, one line, and storable: Postgres refuses NUL, and half a surrogate pair is not UTF-8. */
function clean(text: string, max: number): string {
  const cut = text.length > max ? `${text.slice(0, max)}…` : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what must not reach the report
  return Buffer.from(cut.replaceAll(/[\u0000-\u001f\u007f]/g, '·')).toString();
}
