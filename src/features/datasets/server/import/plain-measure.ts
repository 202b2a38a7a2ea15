import { FLAG } from '../../flag.rules';
import { FULL_SCORE } from '../../score.rules';
import type { SplitBounds } from '../../split.rules';
import { type Measured, PER_MESSAGE, PRIMING } from './measure-example';
import type { TokenCounter } from './o200k/counter';
import type { RowEngine, TakingRules } from './o200k/row-engine';

/** By the numbers of assembly/rows/plain-row.ts. */
const ROLES = ['system', 'developer', 'user', 'assistant'] as const;
const ASSISTANT = 3;
/** Messages of a row whose roles are remembered: some thousands of orders at most. */
const SHORT = 6;
const FLAGS = [FLAG.system, FLAG.system | FLAG.developer, 0, 0] as const;

/** The same, for rows that the engine takes by itself. */
export function takingRules(counter: TokenCounter): Omit<TakingRules, keyof SplitBounds> {
  return {
    ...{ around: aroundTexts(counter), priming: PRIMING, flags: FLAGS, multiTurn: FLAG.multiTurn },
    score: FULL_SCORE,
  };
}

const aroundTexts = (counter: TokenCounter): readonly number[] =>
  ROLES.map((role) => PER_MESSAGE + counter.countWord(role));

/** What `measureExample` says of a row, for one that the engine has read as a whole. */
export class PlainMeasure {
  /** Tokens that a message of each role has besides its text. */
  private readonly around: readonly number[];
  private readonly known = new Map<number, readonly string[]>();

  constructor(
    private readonly engine: RowEngine,
    counter: TokenCounter,
  ) {
    this.around = aroundTexts(counter);
  }

  /** Rows have few different orders of roles: the same list for the same order. */
  roles(messages: number): readonly string[] {
    if (messages > SHORT) return this.listRoles(messages);
    let key = messages;
    for (let i = 0; i < messages; i++) key = key * ROLES.length + this.engine.field(i, 0);
    let roles = this.known.get(key);
    if (!roles) {
      roles = this.listRoles(messages);
      this.known.set(key, roles);
    }
    return roles;
  }

  private listRoles(messages: number): readonly string[] {
    return Array.from({ length: messages }, (_, i) => ROLES[this.engine.field(i, 0)] as string);
  }

  measure(messages: number): Measured {
    const { engine, around } = this;
    let tokens = PRIMING;
    let trainableTokens = 0;
    let assistantTurns = 0;
    let flags = 0;
    for (let i = 0; i < messages; i++) {
      const role = engine.field(i, 0);
      const content = engine.field(i, 3);
      tokens += (around[role] as number) + content;
      flags |= FLAGS[role] as number;
      if (role !== ASSISTANT) continue;
      trainableTokens += content;
      assistantTurns++;
    }
    if (assistantTurns > 1) flags |= FLAG.multiTurn;
    const { hash, question } = engine;
    return { tokens, trainableTokens, hash, question, flags, assistantTurns };
  }
}
