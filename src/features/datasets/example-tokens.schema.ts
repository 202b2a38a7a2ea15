import { z } from 'zod';
import { idSchema } from '@/lib/ids';

export const exampleRef = z.object({ datasetId: idSchema, id: idSchema });
export type ExampleRef = z.infer<typeof exampleRef>;

/** Tokens (o200k_base) of each message of an example, in their order: text and tool calls, without what the chat format adds. */
export const exampleTokens = z.object({
  messages: z.array(
    z.object({
      tokens: z.number().int(),
      /** Ends of the text's tokens as indices into it; empty when the example is longer than is cut up. */
      ends: z.array(z.number().int()),
    }),
  ),
});
export type ExampleTokens = z.infer<typeof exampleTokens>;
