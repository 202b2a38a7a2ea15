import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@/lib/new-id';
import { closeDatabase } from '@/platform/db/database';
import { procedureTable } from '@/testing/doors/door-table';
import { call, request, textOf } from '@/testing/doors/knock';
import { routeTable } from '@/testing/doors/route-table';
import { makeTenant, type Tenant } from '@/testing/doors/tenant';
import type { World } from '@/testing/doors/world';

// Whatever a caller writes, the answer says what is wrong with it; "something broke" is never the answer to input.

let tenant: Tenant;
let key = '';
const id = newId();
const cursor = (...values: string[]) => Buffer.from(JSON.stringify(values)).toString('base64url');
const odd = [
  ...[
    'nonsense',
    cursor('abc'),
    cursor('abc', 'def'),
    cursor('99999999999999999999'),
    cursor(id, 'x'),
    cursor('a\0'),
  ].map((each) => ({ cursor: each })),
  ...['\0', '%_\\', '\ud800', "'; DROP TABLE users; --"].map((search) => ({ search })),
];
const world = new Proxy({} as World, { get: () => id });

beforeAll(async () => {
  tenant = await makeTenant();
  key = await tenant.key('owner');
});
afterAll(closeDatabase);

const paged = Object.entries(procedureTable).flatMap(([path, door]) => {
  const [input] = door.inputs(world, world);
  const isPaged = typeof input === 'object' && input !== null && 'limit' in input && input.limit === 50;
  return isPaged && !path.startsWith('ops.') ? [[path, input] as const] : [];
});

describe('a cursor that no list gave out', () => {
  it.each(['datasets', 'jobs', 'models'])('is refused by the list of %s', async (list) => {
    const answer = await request(`GET /api/fine-tuning/${list}`, { query: { cursor: 'nonsense' } }, key);
    expect(answer).toMatchObject({ status: 400, reason: 'input.unknown_cursor' });
  });
});

describe('odd input', () => {
  it.each(paged)('is no surprise to %s', async (path, input) => {
    for (const each of odd) {
      const answer = await call(path, { ...input, ...each }, tenant.owner);
      if (!answer.ok) expect(answer.reason, textOf(each)).not.toBe('internal');
    }
  });

  it.each(Object.entries(routeTable).filter(([, door]) => door.foreign === 'nothing'))(
    'is no surprise to %s',
    async (address) => {
      for (const each of [...odd, { limit: '0' }, { limit: 'many' }, { datasetId: 'x' }]) {
        const answer = await request(address, { query: each as Record<string, string> }, key);
        if (!answer.ok) expect(answer.status, textOf(each)).toBe(400);
      }
    },
  );
});
