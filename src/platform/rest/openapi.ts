import { z } from 'zod';
import { errorKinds } from '@/lib/app-error';
import { errorTable } from '@/platform/errors/error-table';
import type { RestRoute } from './define-route';

type Json = Record<string, unknown>;

/** OpenAPI 3.1 from the route table: the same zod schemas that check requests and answers. */
export function buildOpenApi(
  routes: readonly RestRoute[],
  info: { title: string; version: string; description: string },
): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const item = paths[route.path] ?? {};
    item[route.method.toLowerCase()] = operation(route);
    paths[route.path] = item;
  }
  return {
    openapi: '3.1.0',
    info,
    servers: [{ url: '/' }],
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key from Settings → API keys.' },
      },
      schemas: { Problem: problemSchema() },
    },
  };
}

function operation(route: RestRoute): Json {
  return {
    operationId: operationId(route),
    summary: route.summary,
    ...(route.description && { description: route.description }),
    tags: [route.tag],
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query'), ...idempotencyHeader(route)],
    ...requestBody(route),
    responses: {
      [route.status]:
        route.status === 204 ? { description: 'Done.' } : { description: 'Success', content: answerContent(route) },
      default: {
        description: 'A problem document (RFC 9457).',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function answerContent({ output, rawOutput }: RestRoute): Json {
  if (!rawOutput) return { 'application/json': { schema: toSchema(output, 'output') } };
  return Object.fromEntries(rawOutput.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]));
}

function operationId(route: RestRoute): string {
  const words = route.path
    .replace('/api/fine-tuning/', '')
    .split(/[/{}-]+/)
    .filter(Boolean);
  return [route.method.toLowerCase(), ...words]
    .map((word, i) => (i ? word[0]?.toUpperCase() + word.slice(1) : word))
    .join('');
}

function parameters(schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = toSchema(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, definition]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: definition,
  }));
}

function idempotencyHeader(route: RestRoute): Json[] {
  if (route.method !== 'POST') return [];
  const description = 'A repeated request with the same key gets the first answer again.';
  return [
    { name: 'Idempotency-Key', in: 'header', required: false, description, schema: { type: 'string', maxLength: 255 } },
  ];
}

function requestBody(route: RestRoute): Json {
  const content: Record<string, Json> = {};
  for (const type of route.rawBody ?? []) content[type] = { schema: { type: 'string', format: 'binary' } };
  if (route.body) content['application/json'] = { schema: toSchema(route.body, 'input') };
  return Object.keys(content).length > 0 ? { requestBody: { required: true, content } } : {};
}

function toSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const json = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const { type } = zodSchema._zod.def;
      if (type === 'bigint')
        Object.assign(jsonSchema, { type: 'string', format: 'decimal', description: 'US dollars, exact decimal' });
      if (type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
    },
  }) as Json;
  delete json.$schema;
  return json;
}

function problemSchema(): Json {
  return {
    type: 'object',
    required: ['type', 'title', 'status', 'detail', 'reason', 'requestId'],
    properties: {
      type: { type: 'string' },
      title: { type: 'string', enum: errorKinds.map((kind) => errorTable[kind].title) },
      status: { type: 'integer' },
      detail: { type: 'string', description: 'What happened, why, and the next step.' },
      reason: { type: 'string', description: 'Stable; callers may branch on it.' },
      requestId: { type: 'string' },
      details: { type: 'object', additionalProperties: true },
    },
  };
}
