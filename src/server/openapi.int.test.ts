import { describe, expect, it } from 'vitest';
import { openApiDocument } from './openapi-document';
import { restRoutes } from './rest-routes';

type Json = Record<string, unknown>;
const document = JSON.parse(JSON.stringify(openApiDocument())) as {
  openapi: string;
  paths: Record<string, Record<string, Json & { operationId: string; parameters: Json[]; responses: Json }>>;
};
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, path, operation })),
);
/** Everything in a document, at any depth. */
function* parts(value: unknown): Generator<Json> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Json;
  for (const each of Object.values(value)) yield* parts(each);
}

describe('the OpenAPI document', () => {
  it('holds every route, and the fifteen that the product promises', () => {
    const promised = [
      ...['POST datasets', 'GET datasets', 'GET datasets/{id}', 'DELETE datasets/{id}', 'POST datasets/{id}/validate'],
      ...['POST datasets/from-conversations', 'POST jobs', 'GET jobs', 'GET jobs/{id}', 'POST jobs/{id}/cancel'],
      ...['GET jobs/{id}/events', 'GET models', 'GET models/{id}', 'DELETE models/{id}', 'POST models/{id}/deploy'],
    ].map((each) => each.replace(' ', ' /api/fine-tuning/'));
    const names = operations.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(promised));
    expect(names.sort()).toEqual(
      restRoutes()
        .map(({ method, path }) => `${method} ${path}`)
        .sort(),
    );
  });

  it('is 3.1, with one id for each operation and a schema for each answer', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
    for (const { name, path, operation } of operations) {
      const inPath = operation.parameters.filter((parameter) => parameter.in === 'path').map((each) => each.name);
      const inAddress = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
      expect(inPath, name).toEqual(inAddress);
      for (const parameter of operation.parameters) expect(parameter.schema, name).toBeTypeOf('object');
      expect(operation.responses, name).toHaveProperty('default');
      const [status] = Object.keys(operation.responses).filter((key) => key !== 'default');
      const { content } = operation.responses[status ?? ''] as { content?: Json };
      const isFile = /^GET \/api\/fine-tuning\/datasets\/\{id\}\/(export|left-out|file)$/.test(name);
      if (isFile) expect(Object.keys(content ?? {}), name).not.toContain('application/json');
      else if (status !== '204') expect(Object.keys(content ?? {}), name).toEqual(['application/json']);
    }
  });

  it('points at nothing that is not there', () => {
    const references = [...parts(document)].flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));
    expect(references.length).toBeGreaterThan(0);
    for (const reference of new Set(references)) {
      expect(reference).toMatch(/^#\//);
      const found = reference
        .slice(2)
        .split('/')
        .reduce<unknown>((at, key) => (at as Json | undefined)?.[key], document);
      expect(found, reference).toBeTypeOf('object');
    }
  });
});
