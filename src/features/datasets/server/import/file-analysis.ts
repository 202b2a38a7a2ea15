import { detectFormat } from '../../formats/detect-format';
import type { DatasetFormat, FormatChoice } from '../../formats/format.schema';
import { HEAD_BYTES } from '../../formats/head-text';
import type { SplitPlan } from '../../split.rules';
import { IndexWriter } from '../row-index/index-writer';
import { type CopyRow, CopyWriter } from './copy-writer';
import { ExampleIntake } from './example-intake';
import { BYTE_ORDER_MARK, type FileRefusal, refuseByBytes } from './file-kind';
import { Findings } from './findings';
import type { ImportCounts, ImportOutcome } from './import-outcome';
import type { TokenCounter } from './o200k/counter';
import type { Taken } from './o200k/row-engine';
import { takingRules } from './plain-measure';
import { Judge } from './quality/judge';
import { readLines } from './read-lines';
import { readList } from './read-list';
import { readTable } from './read-table';
import { RowIntake } from './row-intake';
import type { ReaderParts, RowReader } from './row-reader';
import { Statistics } from './statistics';
import { nothingUsable } from './words';

const LOOKED_AT_BYTES = 65_536;
const FEW_EXAMPLES = 10;

export interface AnalysisTarget {
  datasetId: string;
  /** Number of the version the rows start to live in. */
  number: number;
  seed: number;
  /** How the rows are dealt out; the usual shares when left out. */
  plan?: SplitPlan;
  /** What somebody said the file is; null = find it out. */
  format: FormatChoice | null;
  /** Whether rows are compared with each other for near copies, a fifth of the work or so; yes when left out. */
  nearDuplicates?: boolean;
}

/** Reads a file chunk by chunk: what is fit to train on becomes COPY rows, everything else a finding. No IO of its own. */
export class FileAnalysis {
  private readonly findings = new Findings();
  private readonly statistics: Statistics;
  private readonly writer: CopyWriter;
  private readonly index: IndexWriter;
  private readonly intake: ExampleIntake;
  /** Rows that the engine has taken by itself. */
  private takenRows = 0;
  /** The first bytes, until there are enough of them to tell what the file is. */
  private head: Buffer[] = [];
  private headBytes = 0;
  private reader: RowReader | null = null;
  private format: DatasetFormat | null = null;
  private refusal: FileRefusal | null = null;

  constructor(
    private readonly target: AnalysisTarget,
    private readonly counter: TokenCounter,
  ) {
    this.statistics = new Statistics(target.seed, target.plan);
    const { engine } = counter;
    this.writer = new CopyWriter(engine, target.datasetId, target.number);
    this.index = new IndexWriter(engine, target.datasetId, target.number);
    const { findings, statistics } = this;
    const writer = { add: (row: CopyRow) => this.write(row) };
    const judge = new Judge({
      engine: counter.rows,
      nearDuplicates: target.nearDuplicates ?? true,
      sideOf: (hash) => statistics.sideOf(hash),
      numbered: () => findings.numbered,
    });
    this.intake = new ExampleIntake({ findings, statistics, writer, counter, judge });
    counter.rows.startTaking({ ...takingRules(counter), ...statistics.bounds });
  }

  /** True once nothing that follows can change the verdict on the file. */
  get refused(): boolean {
    return this.refusal !== null;
  }

  get counts(): ImportCounts {
    const { rejectedRows, warnings } = this.findings.summary;
    return { rows: this.rows, problems: rejectedRows + warnings };
  }

  /** Nothing of the chunk's memory is needed any more when this returns. */
  push(chunk: Buffer): void {
    if (this.refused) return;
    if (this.reader) {
      this.reader.push(chunk);
      return;
    }
    this.head.push(Buffer.from(chunk));
    this.headBytes += chunk.length;
    if (this.headBytes >= HEAD_BYTES) this.begin(false);
  }

  /** Rows since the last call, in Postgres' binary COPY format without header and trailer; good until the next call. */
  takeRows(): Uint8Array {
    return this.writer.take();
  }

  /** Rows of the index over them, in the same format. */
  takeIndex(): Uint8Array<ArrayBuffer> {
    return this.index.take();
  }

  end(): ImportOutcome {
    if (!this.reader && !this.refused) this.begin(true);
    if (!this.refused) this.reader?.end();
    this.intake.end();
    if (this.rows > 0 && this.rows < FEW_EXAMPLES)
      this.findings.add('too_few_examples', { line: null, message: `This version has ${this.rows} of them.` });
    if (this.takenRows > 0) this.statistics.addTaken(this.counter.rows.counts);
    const { rejectedRows, warnings, totals } = this.findings.summary;
    const { stats, ...sums } = this.statistics.finish();
    // Rows that change sides after they were noted would not be found there.
    this.index.end(sums.moved.length === 0);
    return {
      ...sums,
      refusal: this.refusal?.message ?? (this.rows === 0 ? nothingUsable(rejectedRows, totals) : null),
      rejectedRows,
      warnings,
      stats: { ...stats, problems: totals, rejectedRows },
      findings: this.findings.kept,
      format: this.format,
      rowsNumbered: this.findings.numbered,
    };
  }

  /** Rows of the version so far; some may still be held back. */
  private get rows(): number {
    return this.intake.rows + this.takenRows;
  }

  private write(row: CopyRow): void {
    const { engine } = this.counter;
    if (row.isAtHand) engine.noteRow();
    else engine.addRow(row.body);
    if (this.writer.add(row)) this.index.endSegment();
  }

  private take(piece: Buffer, from: number, line: number, ordinal: number): Taken {
    if (!this.statistics.isLarge) return { at: from, lines: 0 };
    const taken = this.counter.rows.takeRows(piece, from, line, ordinal, (isSegment) => {
      if (isSegment) this.index.endSegment();
      else this.writer.collect();
    });
    this.takenRows += taken.lines;
    return taken;
  }

  /** Finds out what the file is, and reads what has come of it. */
  private begin(whole: boolean): void {
    const head = Buffer.concat(this.head);
    this.head = [];
    const refusal = head.length === 0 ? NOTHING : refuseByBytes(head.subarray(0, LOOKED_AT_BYTES));
    if (refusal) {
      this.refuse(refusal);
      return;
    }
    const bytes = this.withoutMark(head);
    this.format = this.formatOf(bytes, whole);
    this.reader = this.readerFor(this.format);
    this.reader.push(bytes);
  }

  private formatOf(head: Buffer, whole: boolean): DatasetFormat {
    const { format } = this.target;
    const isKnown = format?.container && (format.kind !== 'fields' || format.mapping !== null);
    if (format && isKnown) return { ...format, container: format.container as DatasetFormat['container'] };
    return detectFormat(head.subarray(0, HEAD_BYTES), whole && head.length <= HEAD_BYTES, format ?? {}).format;
  }

  private readerFor(format: DatasetFormat): RowReader {
    const { findings } = this;
    const taker = { take: this.take.bind(this) };
    const rows = new RowIntake(format, findings, this.intake, taker);
    const parts = { findings, rows, refuse: (refusal: FileRefusal) => this.refuse(refusal) };
    const { container } = format;
    if (container.type === 'lines') return readLines(parts, format);
    if (container.type === 'table') return readTable({ ...parts, container } as ReaderParts<typeof container>, format);
    return readList({ ...parts, container } as ReaderParts<typeof container>, format);
  }

  private withoutMark(head: Buffer): Buffer {
    if (!head.subarray(0, 3).equals(BYTE_ORDER_MARK)) return head;
    this.findings.add('byte_order_mark', { line: null, message: 'Three bytes before the first sign were skipped.' });
    return head.subarray(3);
  }

  private refuse(refusal: FileRefusal): void {
    this.refusal ??= refusal;
    this.findings.add(refusal.code, { line: null, message: refusal.message });
  }
}

const NOTHING: FileRefusal = { code: 'empty_file', message: 'This file has 0 bytes.' };
