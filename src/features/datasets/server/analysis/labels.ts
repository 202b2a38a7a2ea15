import type { LabelField } from '../../analysis.schema';
import { isJson } from '../example-text';
import { ownCopy } from './text-counter';

/** An answer of at most so many characters on one line may be a label. */
const SHORT = 60;
const MOST_VALUES = 1000;
const MOST_FIELDS = 40;
const SHOWN = 30;

type BySplit = [number, number, number];

class Field {
  private readonly values = new Map<string, BySplit>();
  private count = 0;
  private capped = false;
  private numbers = { count: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY, sum: 0 };

  constructor(private readonly name: string | null) {}

  add(value: unknown, split: number): void {
    this.count++;
    if (typeof value === 'number') {
      const { numbers } = this;
      numbers.count++;
      numbers.min = Math.min(numbers.min, value);
      numbers.max = Math.max(numbers.max, value);
      numbers.sum += value;
    }
    const text = (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 80);
    const known = this.values.get(text);
    const splits: BySplit = known ?? [0, 0, 0];
    splits[split] = (splits[split] ?? 0) + 1;
    if (known) return;
    if (this.values.size >= MOST_VALUES) this.capped = true;
    else this.values.set(ownCopy(text), splits);
  }

  /** So often does a value come back, on average. */
  get repeats(): number {
    return this.capped ? 1 : this.count / Math.max(1, this.values.size);
  }

  finish(): LabelField {
    const { name, count, capped, values, numbers } = this;
    const sum = (splits: BySplit) => splits[0] + splits[1] + splits[2];
    const sorted = [...values].sort(([a, x], [b, y]) => sum(y) - sum(x) || (a < b ? -1 : 1)).slice(0, SHOWN);
    const { min, max } = numbers;
    return {
      ...{ name, count, distinct: values.size, capped },
      values: sorted.map(([text, splits]) => ({ text, count: sum(splits), splits })),
      numbers: numbers.count === count && count > 0 ? { min, max, mean: numbers.sum / count } : null,
    };
  }
}

/** What answers say when they are labels: short texts that come back, or flat JSON objects, each field by itself. */
export class Labels {
  private readonly whole = new Field(null);
  private readonly fields = new Map<string, Field>();
  private answers = 0;
  private short = 0;
  private json = 0;

  add(answer: string, split: number): void {
    const text = answer.trim();
    if (text === '') return;
    this.answers++;
    const object = flatObject(text);
    if (object) {
      this.json++;
      for (const [name, value] of Object.entries(object)) this.field(name)?.add(value, split);
    } else if (text.length <= SHORT && !text.includes('\n')) {
      this.short++;
      this.whole.add(text, split);
    }
  }

  private field(name: string): Field | undefined {
    const known = this.fields.get(name);
    if (known || this.fields.size >= MOST_FIELDS) return known;
    const field = new Field(ownCopy(name.slice(0, 80)));
    this.fields.set(ownCopy(name), field);
    return field;
  }

  /** Empty unless at least half of the answers are of one of the two kinds; short ones must come back, or they are just short. */
  finish(): LabelField[] {
    if (this.json * 2 >= this.answers && this.json > 0) return [...this.fields.values()].map((field) => field.finish());
    if (this.short * 2 >= this.answers && this.short > 0 && this.whole.repeats >= 2) return [this.whole.finish()];
    return [];
  }
}

/** Fields of a JSON object without objects inside; lists of plain values are allowed. */
function flatObject(text: string): Record<string, unknown> | null {
  if (!text.startsWith('{') || !text.endsWith('}')) return null;
  try {
    const value: unknown = JSON.parse(text);
    const plain = (one: unknown): boolean => typeof one !== 'object' || one === null;
    const flat = (one: unknown): boolean => plain(one) || (Array.isArray(one) && one.every(plain));
    return isJson(value) && Object.keys(value).length > 0 && Object.values(value).every(flat) ? value : null;
  } catch {
    return null;
  }
}
