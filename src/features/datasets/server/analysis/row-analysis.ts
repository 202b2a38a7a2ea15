import { createHash } from 'node:crypto';
import type { VersionAnalysis } from '../../analysis.schema';
import { languageOf } from '../../language.rules';
import { callsOf, isJson, textOf } from '../example-text';
import { Labels } from './labels';
import { Lengths } from './lengths';
import { ownCopy, TextCounter } from './text-counter';
import { Vocabulary } from './vocabulary';

const MOST_PROMPTS = 5000;
const PROMPTS_SHOWN = 20;
const PROMPT_CHARACTERS = 500;
const MOST_TOOLS = 500;
const UNCLEAR = 'und';

export interface RowToAnalyse {
  id: string;
  line: number;
  split: number;
  tokens: number;
  trainableTokens: number;
  /** Null when it is too long to be looked into. */
  body: string | null;
}

interface ToolUse {
  offered: number;
  calls: number;
  examples: number;
}

/** Counts what is told by the texts of many rows. Memory is bounded by the number of rows, not by their length. */
export class RowAnalysis {
  private readonly vocabulary = new Vocabulary();
  private readonly labels = new Labels();
  private readonly lengths = new Lengths();
  private readonly prompts = new TextCounter(MOST_PROMPTS);
  private readonly promptTexts = new Map<string, { text: string; characters: number }>();
  private readonly languages = new Map<string, { questions: number; answers: number }>();
  private readonly tools = new Map<string, ToolUse>();
  private readonly sums = { read: 0, skipped: 0, answers: 0, languageChanges: 0, without: 0 };

  add(row: RowToAnalyse): void {
    const { sums } = this;
    this.lengths.add({ id: row.id, line: row.line }, row.tokens, row.trainableTokens);
    sums.read++;
    const parsed: unknown = row.body === null ? null : JSON.parse(row.body);
    if (!isJson(parsed) || !Array.isArray(parsed.messages)) {
      sums.skipped++;
      return;
    }
    const messages = parsed.messages.filter(isJson);
    this.addPrompt(messages.filter(({ role }) => role === 'system' || role === 'developer').map(textOf));
    this.addTools(parsed.tools, messages.flatMap(callsOf));
    let answer = '';
    for (const message of messages) {
      if (message.role !== 'assistant' || message.weight === 0) continue;
      const text = textOf(message);
      if (text.trim() === '') continue;
      answer = text;
      sums.answers++;
      this.vocabulary.add(text);
      this.labels.add(text, row.split);
    }
    const question = messages.findLast(({ role }) => role === 'user');
    this.addLanguages(question ? textOf(question) : '', answer);
  }

  private addPrompt(texts: readonly string[]): void {
    const text = texts.join('\n').trim();
    if (text === '') {
      this.sums.without++;
      return;
    }
    const key = createHash('sha1').update(text).digest('base64');
    this.prompts.add(key);
    if (!this.promptTexts.has(key) && this.promptTexts.size < MOST_PROMPTS)
      this.promptTexts.set(key, { text: ownCopy(text.slice(0, PROMPT_CHARACTERS)), characters: text.length });
  }

  private addTools(offered: unknown, calls: readonly { name: string }[]): void {
    const definitions = Array.isArray(offered) ? offered.filter(isJson) : [];
    const offers = definitions.flatMap((one) => (isJson(one.function) ? [String(one.function.name ?? '')] : []));
    for (const name of new Set(offers)) this.toolUse(name, (use) => use.offered++);
    for (const { name } of calls) this.toolUse(name, (use) => use.calls++);
    for (const name of new Set(calls.map((call) => call.name))) this.toolUse(name, (use) => use.examples++);
  }

  private toolUse(name: string, change: (use: ToolUse) => void): void {
    const known = this.tools.get(name);
    if (!known && this.tools.size >= MOST_TOOLS) return;
    const use = known ?? { offered: 0, calls: 0, examples: 0 };
    if (!known) this.tools.set(ownCopy(name), use);
    change(use);
  }

  private addLanguages(question: string, answer: string): void {
    const [asked, answered] = [question, answer].map((text) => (text === '' ? null : (languageOf(text) ?? UNCLEAR)));
    if (asked) this.language(asked).questions++;
    if (answered) this.language(answered).answers++;
    const known = asked && answered && asked !== UNCLEAR && answered !== UNCLEAR;
    if (known && asked !== answered) this.sums.languageChanges++;
  }

  private language(code: string) {
    const entry = this.languages.get(code) ?? { questions: 0, answers: 0 };
    this.languages.set(code, entry);
    return entry;
  }

  finish(): Omit<VersionAnalysis, 'format' | 'rows' | 'duplicates'> {
    const { read, skipped, answers, languageChanges, without } = this.sums;
    const prompts = this.prompts.top(PROMPTS_SHOWN);
    return {
      ...{ read, skipped, answers, languageChanges, ...this.vocabulary.finish() },
      languages: [...this.languages]
        .map(([language, entry]) => ({ language, ...entry }))
        .sort((a, b) => b.answers - a.answers || b.questions - a.questions),
      labels: this.labels.finish(),
      lengths: this.lengths.finish(),
      systemPrompts: {
        ...{ without, distinct: this.prompts.distinct, capped: this.prompts.capped },
        frequent: prompts.map(({ text: key, count }) => ({
          ...{ text: '', characters: 0, ...this.promptTexts.get(key) },
          count,
        })),
      },
      tools: [...this.tools]
        .map(([name, use]) => ({ name, ...use }))
        .sort((a, b) => b.calls - a.calls || b.offered - a.offered)
        .slice(0, 100),
    };
  }
}
