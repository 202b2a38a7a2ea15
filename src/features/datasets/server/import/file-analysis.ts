import type { ProblemCode } from '../../problem.rules';
import type { Report } from './check-content';
import { checkExample } from './check-example';
import { CopyWriter } from './copy-writer';
import { FLAG } from './example';
import { type FileRefusal, refuseByBytes, refuseByFirstLine } from './file-kind';
import { Findings } from './findings';
import { HashTable } from './hash-table';
import type { ImportCounts, ImportOutcome } from './import-outcome';
import { type Line, LineSplitter } from './line-splitter';
import { measureExample } from './measure-example';
import type { TokenCounter } from './o200k/counter';
import { parseLine } from './parse-line';
import { Statistics } from './statistics';
import { excerptOf, isBlank, nothingUsable } from './words';

/** Far more text than any model reads at once, and little enough to hold in memory a few times over. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024;
const HEAD_BYTES = 65_536;
const FEW_EXAMPLES = 10;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

export interface AnalysisTarget {
  datasetId: string;
  /** Number of the version the rows start to live in. */
  number: number;
  seed: number;
}

/** Reads a file chunk by chunk: what is fit to train on becomes COPY rows, everything else a finding. No IO of its own. */
export class FileAnalysis {
  private readonly findings = new Findings();
  private readonly hashes = new HashTable();
  private readonly statistics: Statistics;
  private readonly writer: CopyWriter;
  private readonly splitter = new LineSplitter(MAX_LINE_BYTES, (line) => this.readLine(line));
  private started = false;
  private sawText = false;
  private rows = 0;
  private refusal: FileRefusal | null = null;

  constructor(
    target: AnalysisTarget,
    private readonly counter: TokenCounter,
  ) {
    this.statistics = new Statistics(target.seed);
    this.writer = new CopyWriter(target.datasetId, target.number);
  }

  /** True once nothing that follows can change the verdict on the file. */
  get refused(): boolean {
    return this.refusal !== null;
  }

  get counts(): ImportCounts {
    const { rejectedRows, warnings } = this.findings.summary;
    return { rows: this.rows, problems: rejectedRows + warnings };
  }

  push(chunk: Buffer): void {
    if (!this.started && chunk.length > 0) {
      this.started = true;
      this.refuse(refuseByBytes(chunk.subarray(0, HEAD_BYTES)));
    }
    if (!this.refused) this.splitter.push(chunk);
  }

  /** Rows since the last call, in Postgres' binary COPY format without header and trailer. */
  takeRows(): Uint8Array<ArrayBuffer> {
    return this.writer.take();
  }

  end(): ImportOutcome {
    if (!this.refused) this.splitter.end();
    if (!this.refused && !this.sawText) {
      const message = this.started ? 'This file has nothing but blank lines.' : 'This file has 0 bytes.';
      this.refuse({ code: 'empty_file', message });
    }
    if (this.rows > 0 && this.rows < FEW_EXAMPLES)
      this.findings.add('too_few_examples', { line: null, message: `This version has ${this.rows} of them.` });
    const { rejectedRows, warnings, totals } = this.findings.summary;
    const { stats, ...sums } = this.statistics.finish();
    return {
      ...sums,
      refusal: this.refusal?.message ?? (this.rows === 0 ? nothingUsable(rejectedRows, totals) : null),
      rejectedRows,
      warnings,
      stats: { ...stats, problems: totals, rejectedRows },
      findings: this.findings.kept,
    };
  }

  private refuse(refusal: FileRefusal | null): void {
    if (!refusal) return;
    this.refusal = refusal;
    this.findings.add(refusal.code, { line: null, message: refusal.message });
  }

  private readLine(line: Line): void {
    if (this.refused) return;
    const { number } = line;
    if (line.bytes === null) {
      this.sawText = true;
      const megabytes = (line.length / 1e6).toFixed(1);
      const message = `This line has ${megabytes} MB; at most ${(MAX_LINE_BYTES / 1e6).toFixed(1)} MB are possible.`;
      this.rejectLine('line_too_long', { line: number, message });
      return;
    }
    const bytes = number === 1 ? this.withoutMark(line.bytes) : line.bytes;
    if (isBlank(bytes)) {
      this.findings.add('blank_line', { line: number, message: 'This line is blank.' });
      return;
    }
    const isFirst = !this.sawText;
    this.sawText = true;
    const parsed = parseLine(bytes);
    if (isFirst && ('problem' in parsed ? parsed.problem.code === 'not_json' : Array.isArray(parsed.row))) {
      this.refuse(refuseByFirstLine(parsed.text.slice(0, 10_000)));
      if (this.refused) return;
    }
    if ('problem' in parsed) {
      const { code, path, message } = parsed.problem;
      this.rejectLine(code, { line: number, ...(path !== null && { path }), message, excerpt: parsed.text });
    } else this.readRow(parsed.row, { ...line, bytes });
  }

  private readRow(row: unknown, line: Line & { bytes: Buffer }): void {
    let errors = 0;
    let warnings = 0;
    const report: Report = (code, path, message, excerpt) => {
      const severity = this.findings.add(code, {
        line: line.number,
        path,
        message,
        ...(excerpt !== undefined && { excerpt: () => excerptOf(excerpt, line.bytes.length) }),
      });
      if (severity === 'error') errors++;
      else if (severity === 'warning') warnings++;
    };
    const example = checkExample(row, report);
    if (!example || errors > 0) {
      this.findings.rejectRow();
      return;
    }
    const measured = measureExample(example, this.counter);
    const twin = this.hashes.seen(measured.hash, line.number);
    if (twin > 0) report('duplicate_example', '$', `This example is the same as the one on line ${twin}.`);
    const flags = measured.flags | (twin > 0 ? FLAG.duplicate : 0) | (warnings > 0 ? FLAG.warning : 0);
    const split = this.statistics.add(example, measured, twin > 0);
    this.rows++;
    const { tokens, trainableTokens } = measured;
    this.writer.add({
      ...{ ordinal: line.offset, line: line.number, body: line.bytes },
      ...{ tokens, trainableTokens, hash: measured.hash, flags, split },
    });
  }

  private withoutMark(bytes: Buffer): Buffer {
    if (!bytes.subarray(0, 3).equals(BYTE_ORDER_MARK)) return bytes;
    this.findings.add('byte_order_mark', { line: 1, message: 'Three bytes before the first sign were skipped.' });
    return bytes.subarray(3);
  }

  private rejectLine(code: ProblemCode, place: Parameters<Findings['add']>[1]): void {
    this.findings.add(code, place);
    this.findings.rejectRow();
  }
}
