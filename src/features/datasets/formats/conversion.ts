/** A message as it goes into a version: keys in OpenAI's names, nothing else. */
export interface ChatMessage {
  role: string;
  content?: unknown;
  [key: string]: unknown;
}

export interface ChatRow {
  messages: ChatMessage[];
  [key: string]: unknown;
}

export type ConversionCode = 'field_missing' | 'field_invalid' | 'not_object' | 'cell_cut' | 'item_archived';

export interface ConversionProblem {
  code: ConversionCode;
  /** In the source's own fields. */
  path: string;
  message: string;
  excerpt?: unknown;
}

/** `places[i]` = where message i comes from in the source row. */
export type Converted =
  | { row: ChatRow; places: readonly string[]; otherAnswer?: boolean }
  | { problems: ConversionProblem[] };

export type Fields = Record<string, unknown>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const NAMES: Record<string, string> = { string: 'a text', number: 'a number', boolean: 'true or false' };

/** "a number", "a list": what a person calls the value. */
export function nameOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return NAMES[typeof value] ?? 'an object';
}

/** Puts a conversation together and collects what is wrong with it, so that all problems of a row are told at once. */
export class RowBuilder {
  readonly messages: ChatMessage[] = [];
  readonly places: string[] = [];
  readonly problems: ConversionProblem[] = [];
  /** What stands beside the messages: tools and the like. */
  readonly extras: Fields = {};

  add(message: ChatMessage, place: string): void {
    this.messages.push(message);
    this.places.push(place);
  }

  problem(code: ConversionCode, path: string, message: string, excerpt?: unknown): void {
    this.problems.push({ code, path, message, ...(excerpt !== undefined && { excerpt }) });
  }

  /** A message whose content is one field: texts stay, numbers become text, objects and lists become JSON. */
  addText(role: string, value: unknown, path: string): void {
    const text = textOf(value);
    if (text === null) this.problem('field_missing', path, `The field "${path}" is ${nameOf(value)}.`);
    else if (text.trim() === '') this.problem('field_missing', path, `The field "${path}" is empty.`);
    else this.add({ role, content: text }, path);
  }

  done(): Converted {
    if (this.problems.length > 0) return { problems: this.problems };
    return { row: { messages: this.messages, ...this.extras }, places: this.places };
  }
}

/** Null: there is nothing. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
