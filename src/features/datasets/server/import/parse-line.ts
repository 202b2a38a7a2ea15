import { isAscii, isUtf8 } from 'node:buffer';
import { findJsonFault } from '../../json-fault.rules';
import type { ProblemCode } from '../../problem.rules';
import { countKeys, findDuplicateKey, scanJson } from './scan-json';

const MAX_DEPTH = 64;

export interface LineProblem {
  code: ProblemCode;
  path: string | null;
  message: string;
}

export type ParsedLine = { row: unknown; text: string } | { problem: LineProblem; text: string };

/** One line as a value, or the one reason why it is none. Never throws, whatever the bytes are. */
export function parseLine(bytes: Buffer): ParsedLine {
  const ascii = isAscii(bytes);
  if (!ascii && !isUtf8(bytes))
    return { text: bytes.toString('latin1', 0, 200), problem: fault('not_utf8', 'This line is not valid UTF-8.') };
  const text = bytes.toString(ascii ? 'latin1' : 'utf8');
  const { keys, depth } = scanJson(text);
  if (depth > MAX_DEPTH)
    return {
      text,
      problem: fault('too_deep', `This row is nested ${depth} levels deep; ${MAX_DEPTH} are possible.`),
    };
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch {
    return { text, problem: fault('not_json', syntaxMessage(text)) };
  }
  if (keys !== countKeys(row)) {
    const twice = findDuplicateKey(text);
    if (twice) return { text, problem: { code: 'duplicate_key', path: twice.path, message: twice.message } };
  }
  return { row, text };
}

const fault = (code: ProblemCode, message: string): LineProblem => ({ code, path: null, message });

function syntaxMessage(text: string): string {
  const { at, expected } = findJsonFault(text);
  if (at >= text.length) return `This line is not valid JSON: it ends where ${expected} should follow.`;
  const sign = String.fromCodePoint(text.codePointAt(at) ?? 0xfffd);
  const shown = /[\p{L}\p{N}\p{P}\p{S}]/u.test(sign) ? ` stands ${sign}, but` : '';
  return `This line is not valid JSON: at column ${at + 1}${shown} ${expected} is expected.`;
}
