import type { RowEngine } from '../o200k/row-engine';
import { SEEN } from './text-signs';

const HEAD = 400;
const TAIL = 100;

/** The last answer of a row. Most checks need to know little of it, so its text is made when it is asked for. */
export class Answer {
  /** In UTF-16 code units, as all here. */
  length = 0;
  /** The first one, and the last one that is no white space; 0 where there is none. */
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

  take(text: string): void {
    this.known = text;
    this.length = text.length;
    this.first = text === '' ? 0 : text.charCodeAt(0);
    let at = text.length - 1;
    while (at > 0 && text.charCodeAt(at) <= 32) at--;
    this.last = at < 0 ? 0 : text.charCodeAt(at);
    this.mayHoldCode = text.includes('```');
  }

  /** The text of a message of the row that the engine has just read. */
  takeFrom(message: number): void {
    const { engine } = this;
    if (!engine.isPlain(message)) {
      this.take(engine.textOf(message));
      return;
    }
    const { bytes } = engine.views;
    const from = engine.field(message, 1);
    this.message = message;
    this.known = null;
    this.length = engine.field(message, 2);
    this.first = bytes[from] as number;
    let at = from + this.length - 1;
    while (at > from && (bytes[at] as number) <= 32) at--;
    this.last = bytes[at] as number;
    this.mayHoldCode = (engine.signsOf(message).seen & SEEN.backtick) !== 0;
  }

  /** One that stays as it is while the next rows are read. */
  kept(): Answer {
    const copy = new Answer(this.engine);
    copy.take(this.text);
    return copy;
  }
}
