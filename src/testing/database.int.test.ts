import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { database } from '@/platform/db/database';
import { testDatabase } from './database';

describe('the test database', () => {
  it('is migrated, and belongs to this file alone', async () => {
    const workspace = await database().workspace.create({ data: { name: 'Here', slug: 'here' } });
    expect(workspace.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(await database().workspace.count({ where: { slug: 'here' } })).toBe(1);
  });

  it('can be empty, with any name', async () => {
    const client = new pg.Client({ connectionString: await testDatabase({ empty: true, name: 'A "quoted" name' }) });
    await client.connect();
    const { rows } = await client.query('select current_database() as name');
    await client.end();
    expect(rows).toEqual([{ name: 'A "quoted" name' }]);
  });
});
