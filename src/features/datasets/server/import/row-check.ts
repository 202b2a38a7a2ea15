import { toBigInt } from './content-hash';
import type { CopyRow } from './copy-writer';
import type { Example } from './example';
import { ExampleIntake } from './example-intake';
import { type Finding, Findings } from './findings';
import type { Measured } from './measure-example';
import type { TokenCounter } from './o200k/counter';
import { parseLine } from './parse-line';
import type { Verdict } from './statistics';

/** A row that is not part of a file: it is checked by itself. */
export interface LooseRow {
  line: number;
  body: string;
}

/** What an import would know of a row. */
export interface MeasuredRow {
  tokens: number;
  trainableTokens: number;
  hash: bigint;
  nearHash: bigint;
  flags: number;
  /** 0 to 100. */
  score: number;
  assistantTurns: number;
  /** Messages by role. */
  roles: Record<string, number>;
}

export interface CheckedRow {
  /** Null when an error keeps the row out of any version. */
  measured: MeasuredRow | null;
  /** At most 100 of each code. */
  findings: Finding[];
  /** True totals by code. */
  totals: Record<string, number>;
}

/** Checks and measures one row as an import does. What only the rows around it can tell (copies of it) stays unsaid. */
export function checkRow({ line, body }: LooseRow, counter: TokenCounter): CheckedRow {
  const findings = new Findings();
  const known = new Collector();
  const bytes = Buffer.from(body);
  const parsed = parseLine(bytes);
  if ('problem' in parsed) {
    const { code, path, message } = parsed.problem;
    findings.add(code, { line, ...(path !== null && { path }), message, excerpt: parsed.text });
  } else {
    const intake = new ExampleIntake({ findings, statistics: known, writer: known.rows, counter });
    intake.take(parsed.row, { line, ordinal: 0, body: bytes });
  }
  return { measured: known.measured(), findings: findings.kept, totals: findings.summary.totals };
}

/** Stands where an import sums up and writes, and keeps the one row that comes by. */
class Collector {
  private example: Example | null = null;
  private assistantTurns = 0;
  private row: CopyRow | null = null;
  readonly rows = {
    add: (row: CopyRow) => {
      this.row = row;
    },
  };

  add(example: Example, { assistantTurns }: Measured, _: Verdict): number {
    this.example = example;
    this.assistantTurns = assistantTurns;
    return 0;
  }

  measured(): MeasuredRow | null {
    const { row, example, assistantTurns } = this;
    if (!row || !example) return null;
    const roles: Record<string, number> = {};
    for (const { role } of example.messages) roles[role] = (roles[role] ?? 0) + 1;
    const { tokens, trainableTokens, flags, score } = row;
    const [hash, nearHash] = [toBigInt(row.hash), toBigInt(row.nearHash)];
    return { tokens, trainableTokens, hash, nearHash, flags, score, assistantTurns, roles };
  }
}
