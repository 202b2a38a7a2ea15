import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import { ZodError } from 'zod';
import { AppError } from '@/lib/app-error';
import { errorTable, toAppError } from '@/platform/errors/error-table';
import type { TrpcContext } from './context';
import { toTrpcError } from './error-mapping';

const PING_MS = 15_000;
/** A stream is closed so often and the client goes on from its last id, asked again who it is: a member who was removed, or a
 * key that was revoked, does not listen on for ever. */
const STREAM_MS = 10 * 60_000;

const t = initTRPC.context<TrpcContext>().create({
  transformer: superjson,
  sse: {
    maxDurationMs: STREAM_MS,
    ping: { enabled: true, intervalMs: PING_MS },
    client: { reconnectAfterInactivityMs: 2 * PING_MS },
  },
  errorFormatter: ({ shape, error, ctx }) => {
    const cause = error.cause;
    const app = cause instanceof Error && cause.name === 'AppError' ? (cause as AppError) : null;
    const fields = cause instanceof ZodError ? fieldErrors(cause) : (app?.details?.fields ?? null);
    return {
      ...shape,
      data: {
        ...shape.data,
        // Paths and stacks of the server are nobody's business, in development too: the log has them.
        stack: undefined,
        kind: app?.kind ?? null,
        reason: app?.reason ?? (cause instanceof ZodError ? 'input.invalid' : null),
        details: app?.details ?? null,
        fields: fields as Record<string, string> | null,
        requestId: ctx?.requestId ?? null,
      },
    };
  },
});

function fieldErrors(error: ZodError): Record<string, string> {
  return Object.fromEntries(error.issues.map((issue) => [issue.path.join('.'), issue.message]));
}

/** Translates what use cases throw, once, and logs once. `next()` returns failures instead of throwing them. */
const mapErrors = t.middleware(async ({ ctx, next, path, type }) => {
  const started = performance.now();
  const result = await next();
  if (result.ok) return result;
  const { error } = result;
  if (error.cause instanceof ZodError) return result;
  const wrapped = error.code === 'INTERNAL_SERVER_ERROR' || error.cause?.name === 'AppError';
  if (!wrapped) return result;
  const app = toAppError(error.cause ?? error, ctx.requestId);
  const ms = Math.round(performance.now() - started);
  const line = { path, type, ms, requestId: ctx.requestId, reason: app.reason, workspaceId: ctx.actor?.workspaceId };
  ctx.log[errorTable[app.kind].log](app.kind === 'internal' ? { ...line, err: app.cause } : line, 'request refused');
  throw toTrpcError(app);
});

const base = t.procedure.use(mapErrors);

export const router = t.router;

/** A signed-in person, in whatever workspace, or in none yet. */
export const userProcedure = base.use(({ ctx, next }) => {
  if (!ctx.user) throw signInFirst();
  return next({ ctx: { ...ctx, user: ctx.user } });
});

/** Somebody who acts in a workspace: a member's session, or an API key. Use cases then ask the actor. */
export const workspaceProcedure = base.use(({ ctx, next }) => {
  if (!ctx.actor) throw signInFirst();
  return next({ ctx: { ...ctx, actor: ctx.actor } });
});

function signInFirst(): TRPCError {
  const cause = new AppError({
    kind: 'unauthenticated',
    reason: 'auth.signed_out',
    message: 'You are not signed in, or your session has expired. Sign in and try again; nothing was changed.',
  });
  return new TRPCError({ code: 'UNAUTHORIZED', message: cause.message, cause });
}
