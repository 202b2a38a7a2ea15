import fs from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { type EncodedChat, encodeChat } from '../model/chat-template';
import type { Tokenizer } from '../model/tokenizer';
import { MAX_EXAMPLE_TOKENS } from './packing';

/** Fewer examples than this are refused, as by OpenAI. */
export const MIN_EXAMPLES = 10;
/** More would take this trainer hours. */
export const MAX_EXAMPLES = 20_000;
const MAX_LINE_CHARACTERS = 200_000;
const MAX_PROBLEMS = 20;

const textPart = z.object({ type: z.literal('text'), text: z.string() });
const content = z.union([z.string(), z.array(textPart).transform((parts) => parts.map((part) => part.text).join(''))]);
const message = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content,
  weight: z.union([z.literal(0), z.literal(1)]).optional(),
});

/** Messages that this trainer understands: text only, in OpenAI's chat format. */
export const chatMessages = z.array(message).min(1);

const chatLine = z.object({ messages: chatMessages });

export interface ChatData {
  readonly examples: EncodedChat[];
  /** What is wrong, one sentence each, with the line number; at most 20. Empty: the data can be used. */
  readonly problems: string[];
  /** Tokens of all examples. */
  readonly tokens: number;
}

/** Reads and encodes a file of chat examples, one JSON object per line. Broken lines become problems, not exceptions. */
export async function readChatData(file: string, tokenizer: Tokenizer, minimum = MIN_EXAMPLES): Promise<ChatData> {
  const examples: EncodedChat[] = [];
  const problems: string[] = [];
  const lines = createInterface({ input: fs.createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line.trim() === '') continue;
    const read = readLine(number === 1 ? line.replace(/^\uFEFF/, '') : line, tokenizer);
    if (typeof read === 'string') problems.push(`Line ${number}: ${read}`);
    else examples.push(read);
    if (problems.length >= MAX_PROBLEMS) {
      problems.push('Reading stopped here; there may be more problems.');
      break;
    }
    if (examples.length > MAX_EXAMPLES) {
      problems.push(`The file has more than ${MAX_EXAMPLES} examples, which is the most this trainer takes.`);
      break;
    }
  }
  if (problems.length === 0 && examples.length < minimum) {
    problems.push(`The file has ${examples.length} examples; at least ${minimum} are needed.`);
  }
  return { examples, problems, tokens: examples.reduce((sum, example) => sum + example.ids.length, 0) };
}

/** The encoded example, or what is wrong with the line. */
function readLine(line: string, tokenizer: Tokenizer): EncodedChat | string {
  if (line.length > MAX_LINE_CHARACTERS) return `longer than ${MAX_LINE_CHARACTERS} characters.`;
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return 'not valid JSON.';
  }
  const parsed = chatLine.safeParse(json);
  if (!parsed.success) return describe(parsed.error);
  const { messages } = parsed.data;
  if (!messages.some((m) => m.role === 'assistant' && m.weight !== 0)) {
    return 'no assistant message to learn from (weight 0 means: not learned).';
  }
  const example = encodeChat(tokenizer, messages);
  if (example.ids.length > MAX_EXAMPLE_TOKENS) {
    return `${example.ids.length} tokens; this trainer takes at most ${MAX_EXAMPLE_TOKENS} per example.`;
  }
  return example;
}

function describe(error: z.ZodError): string {
  const [issue] = error.issues;
  const where = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  return `${where}${issue?.message ?? 'not a chat example'}. Expected {"messages":[{"role":…,"content":"…"},…]} with text only.`;
}
