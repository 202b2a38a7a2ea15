export interface ChatDelta {
  content?: string;
  usage?: { promptTokens: number; completionTokens: number };
}

interface Chunk {
  choices?: { delta?: { content?: string | null } }[];
  usage?: { prompt_tokens: number; completion_tokens: number } | null;
  error?: { message: string };
}

/**
 * Reads the chunks of a streamed chat completion.
 * @throws Error with the server's words when the answer is, or ends in, an error
 */
export async function* readChatStream(response: Response): AsyncGenerator<ChatDelta> {
  if (!response.ok) {
    const problem = (await response.json().catch(() => null)) as Chunk | null;
    throw new Error(problem?.error?.message ?? `The server answered with status ${response.status}. Try again.`);
  }
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) return;
    rest += part.value;
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('data: ') || line === 'data: [DONE]') continue;
      const delta = toDelta(JSON.parse(line.slice(6)) as Chunk);
      if (delta) yield delta;
    }
  }
}

function toDelta({ choices, usage, error }: Chunk): ChatDelta | null {
  if (error) throw new Error(error.message);
  const content = choices?.[0]?.delta?.content;
  if (usage) return { usage: { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens } };
  return content ? { content } : null;
}
