import { z } from 'zod';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

const json = z.custom<Json>((value) => value !== undefined);
const jsonObject = z.record(z.string(), json);

/** An event as it is stored and matched. `user` and `v` only when the sender gave them. */
export interface EngineEvent {
  id: string;
  name: string;
  data: JsonObject;
  ts: number;
  user?: Json;
  v?: string;
}

/** One event as the SDK sends it. */
export const sentEventSchema = z.object({
  name: z
    .string()
    .min(1)
    .max(256)
    .refine((name) => !name.includes('\0'), 'must not contain NUL'),
  data: jsonObject.nullish(),
  id: z.string().nullish(),
  ts: z.number().nullish(),
  user: json.nullish(),
  v: z.string().nullish(),
});

/** An operation the SDK reports: what the function did or wants next. */
export const opSchema = z.object({
  id: z.string(),
  op: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  data: json.nullish(),
  error: json.nullish(),
  opts: jsonObject.nullish(),
});
export type Op = z.infer<typeof opSchema>;

const concurrencyOption = z.object({ limit: z.number(), key: z.string().optional(), scope: z.string().optional() });

/** A function as the SDK registers it. Unknown members are kept, so that they can be refused by name. */
export const functionConfigSchema = z.looseObject({
  id: z.string(),
  name: z.string().optional(),
  triggers: z.array(
    z.union([
      z.object({ event: z.string(), expression: z.string().optional() }),
      z.object({ cron: z.string(), jitter: z.string().optional() }),
    ]),
  ),
  steps: z.record(z.string(), z.object({ retries: z.object({ attempts: z.number().optional() }).optional() })),
  idempotency: z.string().optional(),
  concurrency: z.union([z.number(), concurrencyOption, z.array(concurrencyOption)]).optional(),
  cancel: z
    .array(z.object({ event: z.string(), if: z.string().optional(), timeout: z.string().optional() }))
    .optional(),
  timeouts: z.object({ start: z.string().optional(), finish: z.string().optional() }).optional(),
});
export type FunctionConfig = z.infer<typeof functionConfigSchema>;

export const registrationSchema = z.object({
  app_id: z.string().optional(),
  functions: z.array(functionConfigSchema),
});

/** A stored step value, in the order of completion. */
export interface StoredStep {
  id: string;
  status: 'done' | 'error';
  data: Json;
  error: Json;
}

export interface CallInput {
  runId: string;
  event: EngineEvent;
  steps: StoredStep[];
  attempt: number;
  maxAttempts: number;
  /** `step` asks what comes next; a step id runs that step alone. */
  stepId: string;
}

/**
 * The body of one call. `fn_id` and `qi_id` are left out on purpose: with them the SDK checkpoints over HTTP, without
 * them every step is one call. Explicit `{type:'data'}` wrappers keep user data that looks like a wrapper unambiguous.
 */
export function callBody(call: CallInput): JsonObject {
  const steps: JsonObject = {};
  for (const step of call.steps)
    steps[step.id] = step.status === 'error' ? { type: 'error', error: step.error } : { type: 'data', data: step.data };
  const event: JsonObject = { user: {}, ...call.event } as JsonObject;
  return {
    version: 2,
    event,
    events: [event],
    use_api: false,
    steps,
    ctx: {
      run_id: call.runId,
      attempt: call.attempt,
      max_attempts: call.maxAttempts,
      env: '',
      disable_immediate_execution: call.stepId !== 'step',
      use_api: false,
      stack: { stack: call.steps.map((step) => step.id), current: call.steps.length },
    },
  };
}
