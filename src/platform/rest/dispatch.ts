import type { Actor } from '@/lib/actor';
import { AppError, notFound } from '@/lib/app-error';
import { newId } from '@/lib/new-id';
import { errorTable, toAppError } from '@/platform/errors/error-table';
import { noValidKey } from '@/platform/errors/no-valid-key';
import { logger } from '@/platform/logger/logger';
import type { RestRoute } from './define-route';
import { withIdempotency } from './idempotency';
import { jsonReplacer, problemResponse } from './problem';
import { parseInput, readJson } from './read-json';

const MAX_JSON_BYTES = 8 * 1024 * 1024;

export type RestDispatcher = (request: Request) => Promise<Response>;

/** Turns a route table into one request handler. `authenticate` gives the actor of a bearer key (or of a session), or null. */
export function createRestDispatcher(
  routes: readonly RestRoute[],
  authenticate: (request: Request, route: RestRoute) => Promise<Actor | null>,
): RestDispatcher {
  const table = routes.map((route) => ({ route, pattern: toPattern(route.path) }));
  return async (request) => {
    const requestId = request.headers.get('x-request-id')?.slice(0, 100) ?? newId();
    const { pathname } = new URL(request.url);
    try {
      const hit = findRoute(table, request.method, pathname);
      const actor = await authenticate(request, hit.route);
      if (!actor) throw noValidKey();
      if (hit.route.permission) actor.require(hit.route.permission);
      const run = (readable: Request) => answer(hit.route, hit.params, actor, readable);
      const route = `${hit.route.method} ${hit.route.path}`;
      const response = await withIdempotency({ request, actor, route, maxJsonBytes: MAX_JSON_BYTES, run });
      response.headers.set('x-request-id', requestId);
      return response;
    } catch (error) {
      const app = toAppError(error, requestId);
      const line = { method: request.method, pathname, requestId, reason: app.reason };
      logger[errorTable[app.kind].log](app.kind === 'internal' ? { ...line, err: app.cause } : line, 'request refused');
      return problemResponse(app, requestId);
    }
  };
}

async function answer(
  route: RestRoute,
  rawParams: Record<string, string>,
  actor: Actor,
  request: Request,
): Promise<Response> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const isStream = route.rawBody !== undefined && streams(route, request);
  const result = await route.handle({
    actor,
    request,
    params: (route.params ? parseInput(route.params, rawParams, 'path') : undefined) as never,
    query: (route.query ? parseInput(route.query, query, 'query') : undefined) as never,
    body: (route.body && !isStream
      ? parseInput(route.body, await readJson(request, MAX_JSON_BYTES), 'body')
      : undefined) as never,
  });
  if (result instanceof Response) return result;
  if (route.status === 204) return new Response(null, { status: 204 });
  const body = JSON.stringify(route.output.parse(result), jsonReplacer);
  return new Response(body, { status: route.status, headers: { 'content-type': 'application/json' } });
}

/** A route that takes a file as well as JSON is told by the content type which of the two this is. */
function streams({ rawBody = [], body }: RestRoute, request: Request): boolean {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (rawBody.includes(type)) return true;
  if (body && type === 'application/json') return false;
  throw new AppError({
    kind: 'invalid_input',
    reason: 'rest.unknown_content_type',
    message: `The content-type "${type.slice(0, 80)}" is not taken here. Send one of: ${[...rawBody, ...(body ? ['application/json'] : [])].join(', ')}.`,
  });
}

function toPattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}/?$`);
}

function findRoute(table: { route: RestRoute; pattern: RegExp }[], method: string, pathname: string) {
  const onPath = table.flatMap(({ route, pattern }) => {
    const match = pattern.exec(pathname);
    return match ? [{ route, params: { ...match.groups } as Record<string, string> }] : [];
  });
  const hit = onPath.find(({ route }) => route.method === method);
  if (hit) return { route: hit.route, params: decodeParams(hit.params) };
  if (onPath.length === 0) throw notFound('endpoint', 'rest.no_such_endpoint');
  throw new AppError({
    kind: 'invalid_input',
    reason: 'rest.method_not_allowed',
    message: `${method} is not offered here. This address takes: ${onPath.map(({ route }) => route.method).join(', ')}.`,
  });
}

function decodeParams(params: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      try {
        return [name, decodeURIComponent(value)];
      } catch {
        return [name, value];
      }
    }),
  );
}
