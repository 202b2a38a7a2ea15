import type { ProblemCode } from '../../problem.rules';
import { CopyWriter } from './copy-writer';
import { ExampleIntake } from './example-intake';
import { type FileRefusal, refuseByBytes, refuseByFirstLine } from './file-kind';
import { Findings } from './findings';
import type { ImportCounts, ImportOutcome } from './import-outcome';
import { type Line, LineSplitter } from './line-splitter';
import type { TokenCounter } from './o200k/counter';
import { parseLine } from './parse-line';
import { Statistics } from './statistics';
import { isBlank, nothingUsable } from './words';

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
  private readonly statistics: Statistics;
  private readonly writer: CopyWriter;
  private readonly intake: ExampleIntake;
  private readonly splitter = new LineSplitter(MAX_LINE_BYTES, (line) => this.readLine(line));
  private started = false;
  private sawText = false;
  private refusal: FileRefusal | null = null;

  constructor(target: AnalysisTarget, counter: TokenCounter) {
    this.statistics = new Statistics(target.seed);
    this.writer = new CopyWriter(target.datasetId, target.number);
    const { findings, statistics, writer } = this;
    this.intake = new ExampleIntake({ findings, statistics, writer, counter });
  }

  /** True once nothing that follows can change the verdict on the file. */
  get refused(): boolean {
    return this.refusal !== null;
  }

  get counts(): ImportCounts {
    const { rejectedRows, warnings } = this.findings.summary;
    return { rows: this.intake.rows, problems: rejectedRows + warnings };
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
    if (this.intake.rows > 0 && this.intake.rows < FEW_EXAMPLES)
      this.findings.add('too_few_examples', { line: null, message: `This version has ${this.intake.rows} of them.` });
    const { rejectedRows, warnings, totals } = this.findings.summary;
    const { stats, ...sums } = this.statistics.finish();
    return {
      ...sums,
      refusal: this.refusal?.message ?? (this.intake.rows === 0 ? nothingUsable(rejectedRows, totals) : null),
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
    } else this.intake.take(parsed.row, { line: number, ordinal: line.offset, body: bytes });
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
