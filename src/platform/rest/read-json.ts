import type { z } from 'zod';
import { AppError } from '@/lib/app-error';

/** Reads a body as text with a cap, so that a door for small documents cannot be used to fill memory. */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) break;
    size += part.value.byteLength;
    if (size > maxBytes) {
      await reader?.cancel();
      throw new AppError({
        kind: 'invalid_input',
        reason: 'input.too_large',
        message: `The request body is larger than the ${maxBytes} bytes this endpoint takes. Send less at once.`,
      });
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Nothing at all counts as an empty object: the schema then says what is missing. */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  const text = await readText(request, maxBytes);
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError({
      kind: 'invalid_input',
      reason: 'input.not_json',
      message:
        'The request body is not valid JSON. Check quotes and commas, and send it with content-type application/json.',
      cause,
    });
  }
}

/** Parses with every problem at once, or throws one error that lists them by path. */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown, where: string): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.') || where, issue.message]));
  const list = Object.entries(fields).map(([path, text]) => `${path}: ${text.replace(/\.$/, '')}`);
  throw new AppError({
    kind: 'invalid_input',
    reason: 'input.invalid',
    message: `The ${where} needs ${list.length === 1 ? 'a correction' : `${list.length} corrections`}. ${list.join('; ')}.`,
    details: { fields },
  });
}
