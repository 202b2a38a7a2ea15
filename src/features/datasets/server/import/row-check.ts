import { toBigInt } from './content-hash';
import type { Conversation } from './conversation';
import type { CopyRow } from './copy-writer';
import { ExampleIntake } from './example-intake';
import { type Finding, Findings } from './findings';
import type { TokenCounter } from './o200k/counter';
import { parseLine } from './parse-line';

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

/**
 * Checks and measures rows as an import does, each by itself: what only the rows around it can tell (copies of it) stays
 * unsaid.
 */
export class RowChecker {
  private findings = new Findings();
  private known: { row: CopyRow; conversation: Conversation; assistantTurns: number } | null = null;
  private conversation: Conversation | null = null;
  private assistantTurns = 0;
  private readonly intake: ExampleIntake;

  constructor(counter: TokenCounter) {
    this.intake = new ExampleIntake({
      counter,
      findings: {
        add: (code, place) => this.findings.add(code, place),
        rejectRow: () => undefined,
      },
      statistics: {
        add: (conversation, { assistantTurns }) => {
          this.conversation = conversation;
          this.assistantTurns = assistantTurns;
          return 0;
        },
      },
      writer: {
        add: (row) => {
          const { conversation, assistantTurns } = this;
          if (conversation) this.known = { row, conversation, assistantTurns };
        },
      },
    });
  }

  check({ line, body }: LooseRow): CheckedRow {
    this.findings = new Findings();
    this.known = null;
    const bytes = Buffer.from(body);
    const parsed = parseLine(bytes);
    if ('problem' in parsed) {
      const { code, path, message } = parsed.problem;
      this.findings.add(code, { line, ...(path !== null && { path }), message, excerpt: parsed.text });
    } else this.intake.take(parsed.row, { line, ordinal: 0, body: bytes });
    const { kept, summary } = this.findings;
    return { measured: this.measured(), findings: kept, totals: summary.totals };
  }

  private measured(): MeasuredRow | null {
    if (!this.known) return null;
    const { row, conversation, assistantTurns } = this.known;
    const roles: Record<string, number> = {};
    for (const role of conversation.roles) roles[role] = (roles[role] ?? 0) + 1;
    const { tokens, trainableTokens, flags, score } = row;
    return {
      tokens,
      trainableTokens,
      hash: toBigInt(row.hash),
      nearHash: toBigInt(row.hash),
      flags,
      score,
      assistantTurns,
      roles,
    };
  }
}
