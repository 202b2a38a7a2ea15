import { FLAG, problemFlag } from '../../flag.rules';
import type { Report } from '../../formats/check/check-content';
import { checkExample } from '../../formats/check/check-example';
import { scoreOf } from '../../score.rules';
import type { ContentHash } from './content-hash';
import { type Conversation, conversationOf } from './conversation';
import type { CopyRow } from './copy-writer';
import type { Findings } from './findings';
import { type Measured, measureExample } from './measure-example';
import type { TokenCounter } from './o200k/counter';
import type { RowEngine } from './o200k/row-engine';
import { PlainMeasure } from './plain-measure';
import type { Judge } from './quality/judge';
import { type RowSigns, SignReader } from './quality/row-signs';
import type { Statistics } from './statistics';
import { excerptOf } from './words';

/** Where a row stands, and the bytes that are kept of it: one JSON object in UTF-8. */
export interface IntakeRow {
  line: number;
  /** Orders the rows of a version. */
  ordinal: number;
  body: Buffer;
  /** The engine has read it as a whole, and nothing since. */
  isAtHand?: boolean;
  /** For a row that was converted: where in its source a place of the conversation is. */
  placeOf?: (path: string) => string;
}

interface IntakeParts {
  findings: Pick<Findings, 'add' | 'rejectRow'>;
  statistics: Pick<Statistics, 'add'>;
  writer: { add(row: CopyRow): void };
  counter: TokenCounter;
  /** Knows the other rows. Left out: each row is judged by itself, and written at once. */
  judge?: Judge;
}

interface Content {
  conversation: Conversation;
  measured: Measured;
}

/** Takes in one row after the other: what is fit to train on is measured and written, all else becomes a finding. */
export class ExampleIntake {
  private readonly engine: RowEngine;
  private readonly reader: SignReader;
  private readonly plain: PlainMeasure;
  private readonly found: RowFindings;
  /** Rows taken so far; some of them may still be held back. */
  rows = 0;

  constructor(private readonly parts: IntakeParts) {
    this.engine = parts.counter.rows;
    this.reader = new SignReader(this.engine);
    this.found = new RowFindings(NO_ROW, parts.findings);
    this.plain = new PlainMeasure(this.engine, parts.counter);
  }

  /** @returns whether the row was taken */
  take(value: unknown, row: IntakeRow): boolean {
    const { findings, counter } = this.parts;
    const found = new RowFindings(row, findings);
    const { report } = found;
    const example = checkExample(value, report);
    if (!example || found.errors > 0) {
      findings.rejectRow();
      return false;
    }
    const measured = measureExample(example, counter);
    this.accept(row, found, { conversation: conversationOf(example), measured }, this.reader.read(example, report));
    return true;
  }

  /** Takes in a line of JSON that is a row of the usual shape, in one pass over its bytes. @returns false: it is to be parsed */
  takePlain(row: IntakeRow): boolean {
    const { engine, plain } = this;
    const messages = engine.readRow(row.body);
    if (messages === 0) return false;
    // Unless the row is held back all is over with it when this returns.
    const isHeld = this.parts.judge?.holds === true;
    const found = isHeld ? new RowFindings(row, this.parts.findings) : this.found.begin(row);
    const roles = plain.roles(messages);
    const measured = plain.measure(messages);
    const signs = this.reader.readPlain(messages, roles, found.report);
    const answer = isHeld ? { text: signs.answer.text } : signs.answer;
    this.accept(row, found, { conversation: { roles, answer }, measured }, signs);
    return true;
  }

  private accept(row: IntakeRow, found: RowFindings, content: Content, signs: RowSigns): void {
    const { judge } = this.parts;
    const { report } = found;
    const { hash, question, tokens } = content.measured;
    this.rows++;
    // The bytes are part of a block that may be used again before a row that is held back is written.
    const kept = judge?.holds ? { ...row, body: Buffer.from(row.body), isAtHand: false } : row;
    const done = (group: ContentHash) => this.write(kept, content, found, group);
    if (!judge) {
      done(hash);
      return;
    }
    judge.take({ line: row.line, hash, question, bytes: row.body.length, tokens, report, done }, signs);
  }

  /** Whether rows with nothing to say about them need not be looked at one by one: what is usual is known by now. */
  get knowsUsual(): boolean {
    return this.parts.judge?.holds === false;
  }

  /** Writes the rows that were held back. */
  end(): void {
    this.parts.judge?.end();
  }

  private write(
    { line, ordinal, body, isAtHand = false }: IntakeRow,
    { conversation, measured }: Content,
    found: RowFindings,
    nearHash: ContentHash,
  ): void {
    const { statistics, writer } = this.parts;
    const flags = measured.flags | found.flags;
    const score = scoreOf(flags);
    const split = statistics.add(conversation, measured, { flags, score, nearHash });
    const { tokens, trainableTokens, hash } = measured;
    // Field by field: spreading objects would cost more than writing the row.
    writer.add({ line, ordinal, body, tokens, trainableTokens, hash, nearHash, flags, score, split, isAtHand });
  }
}

const NO_ROW: IntakeRow = { line: 0, ordinal: 0, body: Buffer.alloc(0) };

/** What was found in one row. */
class RowFindings {
  errors = 0;
  flags = 0;

  constructor(
    private row: IntakeRow,
    private readonly findings: IntakeParts['findings'],
  ) {}

  /** The same for another row. */
  begin(row: IntakeRow): this {
    this.row = row;
    this.errors = 0;
    this.flags = 0;
    return this;
  }

  readonly report: Report = (code, path, message, excerpt) => {
    const { row } = this;
    const severity = this.findings.add(code, {
      ...{ line: row.line, path: row.placeOf ? row.placeOf(path) : path, message },
      ...(excerpt !== undefined && { excerpt: () => excerptOf(excerpt, row.body.length) }),
    });
    const flag = problemFlag[code];
    if (flag) this.flags |= FLAG[flag];
    if (severity === 'error') this.errors++;
    else if (severity === 'warning') this.flags |= FLAG.warning | (flag ? 0 : FLAG.formatWarning);
  };
}
