import type { ConversionProblem } from '../../formats/conversion';
import { convertRow, sourcePath } from '../../formats/convert-row';
import type { DatasetFormat } from '../../formats/format.schema';
import type { ExampleIntake } from './example-intake';
import type { Findings } from './findings';
import type { Taken } from './o200k/row-engine';
import { excerptOf } from './words';

interface SourceRow {
  line: number;
  ordinal: number;
  /** The row as JSON in UTF-8: what is kept of a row that needs no conversion. */
  body: () => Buffer;
}

/** Takes rows that have nothing wrong, without a look at each. */
export interface RowTaker {
  /** See RowEngine.takeRows. */
  take(piece: Buffer, from: number, line: number, ordinal: number): Taken;
}

/** Takes in the rows of a file of any format: each becomes a conversation first, or a finding that says why it is none. */
export class RowIntake {
  /** Rows that were looked at, of whatever use. */
  seen = 0;

  constructor(
    private readonly format: DatasetFormat,
    private readonly findings: Findings,
    private readonly intake: ExampleIntake,
    private readonly taker: RowTaker,
  ) {}

  /** Takes in lines of JSON as long as there is nothing to say about them. @returns where the next line begins, and how many were taken */
  takeLines(piece: Buffer, from: number, line: number, ordinal: number): Taken {
    if (this.format.kind !== 'chat' || !this.intake.knowsUsual) return { at: from, lines: 0 };
    const taken = this.taker.take(piece, from, line, ordinal);
    this.seen += taken.lines;
    return taken;
  }

  /** Takes in a line of JSON without parsing it, where that can be. @returns whether it did */
  takePlain(line: number, ordinal: number, body: Buffer): boolean {
    if (this.format.kind !== 'chat' || !this.intake.takePlain({ line, ordinal, body, isAtHand: true })) return false;
    this.seen++;
    return true;
  }

  take(value: unknown, { line, ordinal, body }: SourceRow): void {
    this.seen++;
    // Chat rows are checked as they are: the checks themselves say best what is wrong with them.
    if (this.format.kind === 'chat') {
      this.intake.take(value, { line, ordinal, body: body() });
      return;
    }
    const converted = convertRow(this.format, value);
    if ('problems' in converted) {
      this.reject(line, converted.problems);
      return;
    }
    const { row, places, otherAnswer = false } = converted;
    const placeOf = (path: string): string => sourcePath(path, places);
    const taken = this.intake.take(row, { line, ordinal, body: Buffer.from(JSON.stringify(row)), placeOf });
    if (taken && otherAnswer)
      this.findings.add('other_answer_left_out', { line, message: 'The answer that was not preferred is left out.' });
  }

  private reject(line: number, problems: readonly ConversionProblem[]): void {
    for (const { code, path, message, excerpt } of problems)
      this.findings.add(code, {
        ...{ line, path, message },
        ...(excerpt !== undefined && { excerpt: () => excerptOf(excerpt, 0) }),
      });
    this.findings.rejectRow();
  }
}
