import { z } from 'zod';

const contentPart = z.looseObject({ type: z.string() });

const chatMessage = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z.union([z.string(), z.array(contentPart)]).nullish(),
  name: z.string().optional(),
  tool_call_id: z.string().optional(),
  tool_calls: z
    .array(
      z.object({
        id: z.string(),
        type: z.literal('function'),
        function: z.object({ name: z.string(), arguments: z.string() }),
      }),
    )
    .optional(),
});
export type ChatMessageInput = z.infer<typeof chatMessage>;

/**
 * `POST /api/v1/chat/completions` in OpenAI's shape; `model` is an agent's slug. Fields we do not know are ignored, as
 * OpenAI's own clients send new ones before servers know them.
 * Source: OpenAI API reference, "Create chat completion".
 */
export const chatCompletionInput = z.looseObject({
  model: z.string().min(1),
  messages: z.array(chatMessage).min(1, 'Send at least one message.'),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  max_tokens: z.number().int().min(1).nullish(),
  max_completion_tokens: z.number().int().min(1).nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  seed: z.number().int().nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  tools: z.array(z.record(z.string(), z.unknown())).optional(),
  tool_choice: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish(),
  response_format: z.record(z.string(), z.unknown()).nullish(),
});
export type ChatCompletionInput = z.infer<typeof chatCompletionInput>;
