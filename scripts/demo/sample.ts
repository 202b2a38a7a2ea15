import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface Message {
  role: string;
  content: string;
}

interface ProofRow {
  question: string;
  expected: string;
  base: string;
  tuned: string;
}

/** The sample that the built-in trainer learns best within a minute (scores: scripts/pretrain/README.md). */
export const SAMPLE = {
  name: 'support-tickets.jsonl',
  path: path.resolve(import.meta.dirname, '../../prisma/samples/support-tickets.jsonl'),
};

/** How many questions are asked live. */
const QUESTIONS = 3;

/** All conversations of a chat file. */
export const readSample = (file: string): Message[][] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { messages: Message[] }).messages);

/**
 * The conversation a proof row was asked in, without its answer: the tuned model learned to answer below the same system
 * message. A question that is nowhere in the sample is asked on its own.
 */
export function conversationOf(question: string, sample: readonly Message[][]): Message[] {
  const found = sample.find((messages) => {
    const asked = messages.findLast(({ role }) => role === 'user')?.content;
    return asked !== undefined && (question === asked || question.endsWith(asked));
  });
  return found ? found.slice(0, -1) : [{ role: 'user', content: question }];
}

/** Questions with different right answers, in the order they were measured in: not chosen by how well they went. */
export function chooseQuestions<R extends ProofRow>(rows: readonly R[]): R[] {
  const chosen: R[] = [];
  for (const row of rows) {
    if (chosen.length < QUESTIONS && !chosen.some(({ expected }) => expected === row.expected)) chosen.push(row);
  }
  for (const row of rows) if (chosen.length < QUESTIONS && !chosen.includes(row)) chosen.push(row);
  return chosen;
}
