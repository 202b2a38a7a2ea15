import { describe, expect, it } from 'vitest';
import { type ChatDelta, readChatStream } from './read-chat-stream';

const chunk = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const said = (content: string) => chunk({ choices: [{ delta: { content } }] });

/** A body that arrives in pieces of `size` bytes, wherever that cuts. */
function bodyOf(text: string, size: number, status = 200): Response {
  const bytes = new TextEncoder().encode(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.slice(i * size, (i + 1) * size),
  );
  return new Response(
    new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece);
        controller.close();
      },
    }),
    { status },
  );
}

async function collect(response: Response): Promise<ChatDelta[]> {
  const all: ChatDelta[] = [];
  for await (const delta of readChatStream(response)) all.push(delta);
  return all;
}

describe('readChatStream', () => {
  it.each([1, 3, 7, 1000])('reads the same text in pieces of %i bytes', async (size) => {
    const usage = chunk({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 2 } });
    const text = `${chunk({ choices: [{ delta: { role: 'assistant', content: '' } }] })}${said('Grüß')}${said(' Gott 👋')}${usage}data: [DONE]\n\n`;
    const deltas = await collect(bodyOf(text, size));
    expect(deltas.map(({ content }) => content ?? '').join('')).toBe('Grüß Gott 👋');
    expect(deltas.at(-1)?.usage).toEqual({ promptTokens: 3, completionTokens: 2 });
  });

  it('throws the words of an error in the middle, after what came before', async () => {
    const seen: ChatDelta[] = [];
    const read = async () => {
      for await (const delta of readChatStream(bodyOf(said('half') + chunk({ error: { message: 'gone' } }), 5)))
        seen.push(delta);
    };
    await expect(read()).rejects.toThrow('gone');
    expect(seen).toEqual([{ content: 'half' }]);
  });

  it('throws the words of a refused request', async () => {
    const refusal = JSON.stringify({ error: { message: 'No active release.' } });
    await expect(collect(bodyOf(refusal, 100, 412))).rejects.toThrow('No active release.');
  });
});
