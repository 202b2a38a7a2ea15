import type { VersionAnalysis } from '../../analysis.schema';
import { TextCounter } from './text-counter';

const MOST_WORDS = 200_000;
const MOST_OPENINGS = 100_000;
const SHOWN = 50;
const GROWTH_POINTS = 48;
const OPENING_WORDS = 5;
const LONGEST_WORD = 60;

/** Letters and figures that belong together. In Chinese and Japanese, which put no spaces, each sign is a word. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’-][\p{L}\p{N}]+)*/gu;

/** The same for text without other letters, in a third of the time. */
const ASCII_WORD = /[a-z0-9]+(?:['-][a-z0-9]+)*/g;
const NOT_ASCII = /[\u0080-\uffff]/;

/** Words of the answers, how their number grows, and how answers begin. Upper and lower case are one word. */
export class Vocabulary {
  private readonly words = new TextCounter(MOST_WORDS);
  private readonly openings = new TextCounter(MOST_OPENINGS);
  private growth: { words: number; distinct: number }[] = [];
  private total = 0;
  private step = 16;

  add(answer: string): void {
    const text = answer.toLowerCase();
    const pattern = NOT_ASCII.test(text) ? WORD : ASCII_WORD;
    for (const word of text.match(pattern) ?? []) {
      this.words.add(word.length > LONGEST_WORD ? word.slice(0, LONGEST_WORD) : word);
      this.total++;
      if (this.total % this.step === 0) this.grow();
    }
    const end = endOfOpening(text, pattern);
    if (end > 0) this.openings.add(text.slice(0, end).trim().replace(/\s+/g, ' '));
  }

  /** Points at equal distances, however many words come: when they get too many, every second one goes. */
  private grow(): void {
    this.growth.push({ words: this.total, distinct: this.words.distinct });
    if (this.growth.length < GROWTH_POINTS) return;
    this.growth = this.growth.filter((_, i) => i % 2 === 1);
    this.step *= 2;
  }

  finish(): Pick<VersionAnalysis, 'vocabulary' | 'openings'> {
    const { words, openings, total, growth } = this;
    const last = { words: total, distinct: words.distinct };
    return {
      vocabulary: {
        ...{ words: total, distinct: words.distinct, capped: words.capped, frequent: words.top(SHOWN) },
        growth: growth.at(-1)?.words === total || total === 0 ? growth : [...growth, last],
      },
      openings: openings.top(SHOWN, 2).map(({ text, count }) => ({ text: text.slice(0, 200), count })),
    };
  }
}

/** Place after the words that make an opening; 0 when there are fewer. */
function endOfOpening(text: string, pattern: RegExp): number {
  pattern.lastIndex = 0;
  for (let place = 0; place < OPENING_WORDS; place++) if (!pattern.exec(text)) return 0;
  const end = pattern.lastIndex;
  pattern.lastIndex = 0;
  return end;
}
