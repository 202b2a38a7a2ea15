import type { Corpus, Pair } from './quality-corpora';
import { random } from './random';

export interface Marked extends Pair {
  corrupted: boolean;
}

type Random = () => number;

export const corruptions = [
  'shuffled answers',
  'truncated answers',
  'duplicated rows',
  'wrong labels',
  'noise',
] as const;
export type Corruption = (typeof corruptions)[number];

/** A fifth of the rows is spoiled; the others stay as they are. */
const SHARE = 0.2;
/** Signs of question and answer that become other ones. */
const NOISE = 0.1;
const SIGNS = 'abcdefghijklmnopqrstuvwxyz0123456789#$%&*@';

/** The corpus with some rows spoiled, the same ones for the same seed. Null: this cannot be done to this corpus. */
export function corrupt({ pairs, labels }: Corpus, kind: Corruption, seed: number): Marked[] | null {
  const next = random(seed);
  const rows = pairs.map((pair) => ({ ...pair, corrupted: next() < SHARE }));
  switch (kind) {
    case 'shuffled answers':
      return shuffled(rows);
    case 'truncated answers':
      return rows.map((row) => (row.corrupted ? { ...row, answer: cut(row.answer, next) } : row));
    case 'duplicated rows':
      return duplicated(rows, next);
    case 'wrong labels':
      return (
        labels && rows.map((row) => (row.corrupted ? { ...row, answer: otherLabel(row.answer, labels, next) } : row))
      );
    case 'noise':
      return rows.map((row) =>
        row.corrupted ? { ...row, question: noisy(row.question, next), answer: noisy(row.answer, next) } : row,
      );
  }
}

/** Each spoiled row takes the answer of the next spoiled one that has another answer; a row for which there is none stays. */
function shuffled(rows: Marked[]): Marked[] {
  const spoiled = rows.filter(({ corrupted }) => corrupted);
  const answers = spoiled.map(({ answer }) => answer);
  spoiled.forEach((row, i) => {
    const other = answers.map((_, k) => answers[(i + k + 1) % answers.length]).find((answer) => answer !== row.answer);
    if (other === undefined) row.corrupted = false;
    else row.answer = other;
  });
  return rows;
}

const cut = (answer: string, next: Random): string =>
  answer.slice(0, Math.max(1, Math.floor(answer.length * (0.3 + 0.4 * next()))));

/** Copies come in at the end, half of them with one word left out. */
function duplicated(rows: Marked[], next: Random): Marked[] {
  const copies = rows
    .filter(({ corrupted }) => corrupted)
    .map((row) => (next() < 0.5 ? { ...row } : withoutWord(row, next)));
  return [...rows.map((row) => ({ ...row, corrupted: false })), ...copies];
}

function withoutWord(row: Marked, next: Random): Marked {
  const words = row.question.split(' ');
  words.splice(Math.floor(next() * words.length), 1);
  return words.length > 0 ? { ...row, question: words.join(' ') } : row;
}

function otherLabel(label: string, labels: readonly string[], next: Random): string {
  const others = labels.filter((other) => other !== label);
  return others[Math.floor(next() * others.length)] ?? label;
}

const noisy = (text: string, next: Random): string =>
  [...text].map((sign) => (next() < NOISE ? (SIGNS[Math.floor(next() * SIGNS.length)] ?? sign) : sign)).join('');
