import type { RowEngine } from '../o200k/row-engine';

const HEAD = 400;
const TAIL = 100;

/** The last answer of a row. Most checks need to know little of it, so its text is made when it is asked for. */
export class Answer {
  /** In UTF-16 code units. */
  length = 0;
  /** Its first code unit, and the last one that is no white space; 0 where there is none. */
  first = 0;
  last = 0;
  /** Whether there may be a fence of a block of code in it. */
  mayHoldCode = false;
  private known: string | null = '';
  private message = 0;

  constructor(private readonly engine: RowEngine) {}

  get text(): string {
    this.known ??= this.engine.textOf(this.message);
    return this.known;
  }

  /** Its beginning and its end, as reports quote them. */
  get head(): string {
    return this.text.slice(0, HEAD);
  }

  get tail(): string {
    return this.length > TAIL ? `…${this.text.slice(-TAIL)}` : this.text;
  }

  /** @param text  what stands in it */
  take(text: string): void {
    this.known = text;
    this.takeFacts();
  }

  /** The text is that of a message of the row that the engine has just read. */
  takeFrom(message: number): void {
    this.message = message;
    this.known = null;
    this.takeFacts();
  }

  private takeFacts(): void {
    const { engine } = this;
    this.length = engine.fact('length');
    this.first = engine.fact('first');
    this.last = engine.fact('last');
    this.mayHoldCode = engine.fact('code') !== 0;
  }

  /** One that stays as it is while the next rows are read. */
  kept(): Answer {
    const copy = new Answer(this.engine);
    copy.known = this.text;
    copy.length = this.length;
    copy.first = this.first;
    copy.last = this.last;
    copy.mayHoldCode = this.mayHoldCode;
    return copy;
  }
}
