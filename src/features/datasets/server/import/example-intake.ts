import { FLAG } from '../../flag.rules';
import { scoreOf } from '../../score.rules';
import type { Report } from './check-content';
import { checkExample } from './check-example';
import type { CopyWriter } from './copy-writer';
import type { Findings } from './findings';
import { HashTable } from './hash-table';
import { measureExample } from './measure-example';
import type { TokenCounter } from './o200k/counter';
import type { Statistics } from './statistics';
import { excerptOf } from './words';

/** Where a row stands, and the bytes that are kept of it: one JSON object in UTF-8. */
export interface IntakeRow {
  line: number;
  /** Orders the rows of a version. */
  ordinal: number;
  body: Buffer;
  /** For a row that was converted: where in its source a place of the conversation is. */
  placeOf?: (path: string) => string;
}

interface IntakeParts {
  findings: Findings;
  statistics: Pick<Statistics, 'add'>;
  writer: Pick<CopyWriter, 'add'>;
  counter: TokenCounter;
}

/** Takes in one parsed row after the other: what is fit to train on is measured and written, all else becomes a finding. */
export class ExampleIntake {
  private readonly hashes = new HashTable();
  /** Rows taken so far. */
  rows = 0;

  constructor(private readonly parts: IntakeParts) {}

  /** @returns whether the row was taken */
  take(value: unknown, row: IntakeRow): boolean {
    const { findings, statistics, writer, counter } = this.parts;
    let errors = 0;
    let warnings = 0;
    const report: Report = (code, path, message, excerpt) => {
      const severity = findings.add(code, {
        ...{ line: row.line, path: row.placeOf ? row.placeOf(path) : path, message },
        ...(excerpt !== undefined && { excerpt: () => excerptOf(excerpt, row.body.length) }),
      });
      if (severity === 'error') errors++;
      else if (severity === 'warning') warnings++;
    };
    const example = checkExample(value, report);
    if (!example || errors > 0) {
      findings.rejectRow();
      return false;
    }
    const measured = measureExample(example, counter);
    const twin = this.hashes.seen(measured.hash, row.line);
    if (twin > 0) report('duplicate_example', '$', `This example is the same as the one on line ${twin}.`);
    const flags = measured.flags | (twin > 0 ? FLAG.duplicate : 0) | (warnings > 0 ? FLAG.warning : 0);
    const { tokens, trainableTokens, hash } = measured;
    const score = scoreOf(flags);
    const nearHash = hash;
    const verdict = { flags, score, nearHash };
    const split = statistics.add(example, measured, verdict);
    this.rows++;
    // Field by field: spreading objects would cost more than writing the row.
    const { line, ordinal, body } = row;
    writer.add({ line, ordinal, body, tokens, trainableTokens, hash, nearHash, flags, score, split });
    return true;
  }
}
