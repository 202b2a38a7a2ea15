import { storableText } from '@/lib/storable-text';

/** Readers for answers that deviate from their own specification (examples with null, {}, missing or textual values). */

export type Fields = Record<string, unknown>;

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** A text that can be stored as it is: one event with a NUL in it would otherwise hold up all news of its job. */
export const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? storableText(value) : null;

/** A finite number, also when it came as text; null for anything else ("auto", NaN, null, missing). */
export function number(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : null;
}

export function integer(value: unknown): number | null {
  const parsed = number(value);
  return parsed === null || !Number.isInteger(parsed) ? null : parsed;
}

/** Unix seconds (or ISO text, as some look-alikes send); 0 and nonsense are null: OpenAI's examples send 0 for "none". */
export function time(value: unknown): Date | null {
  const seconds = number(value);
  if (seconds !== null) return seconds > 0 ? new Date(seconds * 1000) : null;
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? null : new Date(parsed);
}
