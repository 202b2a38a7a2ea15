import type { ProblemCode } from '../../problem.rules';

export type Report = (code: ProblemCode, path: string, message: string, excerpt?: unknown) => void;

function checkText(text: string, path: string, report: Report): void {
  if (text.includes('\u0000')) report('nul_character', path, 'This text contains a NUL character.', text);
  // Lone halves of surrogate pairs, or the replacement character.
  if (!text.isWellFormed() || text.includes('\ufffd'))
    report('broken_character', path, 'This text contains a broken character.', text);
}

/**
 * Checks `content`: a text, or a list of parts.
 * @returns the text to count, or null when there is none
 */
export function checkContent(content: unknown, path: string, report: Report): string | null {
  if (content === undefined || content === null) return null;
  if (typeof content === 'string') {
    checkText(content, path, report);
    return content;
  }
  if (!Array.isArray(content)) {
    report('content_invalid', path, `The content is ${kindOf(content)}, not a text or a list of parts.`, content);
    return '';
  }
  if (content.length === 0) report('content_invalid', path, 'The content is an empty list of parts.');
  return content.map((part, i) => checkPart(part, `${path}[${i}]`, report)).join('');
}

function checkPart(part: unknown, path: string, report: Report): string {
  if (!isObject(part) || typeof part.type !== 'string') {
    report('content_invalid', path, 'A content part needs a type, such as "text".', part);
    return '';
  }
  if (part.type === 'text' || part.type === 'refusal') {
    const text = part[part.type];
    if (typeof text !== 'string') {
      report(
        'content_invalid',
        `${path}.${part.type}`,
        `A part of type "${part.type}" needs a text under "${part.type}".`,
        part,
      );
      return '';
    }
    checkText(text, `${path}.${part.type}`, report);
    return text;
  }
  if (part.type === 'image_url') {
    if (!isObject(part.image_url) || typeof part.image_url.url !== 'string')
      report('content_invalid', `${path}.image_url`, 'An image part needs image_url.url.', part);
    return '';
  }
  report(
    'content_invalid',
    `${path}.type`,
    `Parts of type "${part.type.slice(0, 40)}" cannot be trained on.`,
    part.type,
  );
  return '';
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** "a number", "a list", "null": what a person calls the value. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  const names: Record<string, string> = { string: 'a text', number: 'a number', boolean: 'true or false' };
  return names[typeof value] ?? 'an object';
}
