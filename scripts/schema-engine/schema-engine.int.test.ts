import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { testDatabase, testDatabaseUrl } from '@/testing/database';
import { CREATE_WIDGET, ENGINE, PrismaProject } from './prisma-project';

/** Rows of a query, each as the array of its values. */
async function ask(url: string, sql: string): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

/** Migrate needs to know both names; `pg` takes the schema from elsewhere. */
const withSchema = (url: string, schema: string) => `${url}?schema=${encodeURIComponent(schema)}`;

const shadowsOf = async (url: string) =>
  (await ask(url, `select datname from pg_database where datname like 'prisma_migrate_shadow_db_%'`)).flat();

it('may be executed: the Prisma CLI starts it as a program', () => {
  expect(statSync(ENGINE).mode & 0o111).toBe(0o111);
});

describe('migrate deploy', () => {
  it('makes the database, whatever its name; keeps $$ bodies whole; has nothing to do the second time', async () => {
    const url = testDatabaseUrl(`Odd "Name" ${process.pid}`);
    const project = new PrismaProject();
    project.migration(
      '1_widget',
      `${CREATE_WIDGET}
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $$ DECLARE m int; BEGIN m := n * 2; RETURN m; END; $$;`,
    );
    const first = await project.run(url, ['migrate', 'deploy']);
    expect(first.output).toMatch(/created at/);
    expect(first).toMatchObject({ code: 0, output: expect.stringMatching(/successfully applied/) });
    expect(await ask(url, 'select twice(21)')).toEqual([[42]]);
    const second = await project.run(url, ['migrate', 'deploy']);
    expect(second).toMatchObject({ code: 0, output: expect.stringMatching(/No pending migrations/) });
  });

  it('rolls a broken migration back, stops at it (P3009) until it is resolved, then goes on', async () => {
    const url = await testDatabase({ empty: true });
    const project = new PrismaProject();
    project.migration('1_widget', CREATE_WIDGET);
    project.migration('2_broken', 'CREATE TABLE "Half" (id int);\nSELECT 1 / 0;\n');
    project.migration('3_later', 'CREATE TABLE "Later" (id int);\n');
    const broken = await project.run(url, ['migrate', 'deploy']);
    expect(broken).toMatchObject({ code: 1, output: expect.stringMatching(/division by zero/) });
    expect(await ask(url, `select to_regclass('"Half"'), to_regclass('"Later"')`)).toEqual([[null, null]]);
    expect(await project.run(url, ['migrate', 'deploy'])).toMatchObject({
      code: 1,
      output: expect.stringMatching(/P3009/),
    });
    expect((await project.run(url, ['migrate', 'resolve', '--rolled-back', '2_broken'])).code).toBe(0);
    project.migration('2_broken', 'CREATE TABLE "Half" (id int);\n');
    expect((await project.run(url, ['migrate', 'deploy'])).code).toBe(0);
    expect(await ask(url, `select count(*)::int from "Half" union all select count(*)::int from "Later"`)).toEqual([
      [0],
      [0],
    ]);
  });

  it('works in a schema other than public, and leaves public alone', async () => {
    const url = await testDatabase({ empty: true });
    const project = new PrismaProject();
    project.migration('1_widget', CREATE_WIDGET);
    expect((await project.run(withSchema(url, 'My own'), ['migrate', 'deploy'])).code).toBe(0);
    const tables = await ask(
      url,
      `select table_schema, table_name from information_schema.tables
        where table_schema not in ('pg_catalog', 'information_schema') order by 2`,
    );
    expect(tables).toEqual([
      ['My own', 'Widget'],
      ['My own', '_prisma_migrations'],
    ]);
  });

  it.each([
    ['a wrong password', (url: URL) => (url.password = 'nope'), /P1000.*credentials for `postgres`/],
    ['no server', (url: URL) => (url.port = '1'), /P1001: Can't reach database server at `127.0.0.1:1`/],
    ['TLS from a server without', (url: URL) => (url.search = 'sslmode=require'), /P1011: .*SSL/],
  ])('says what is wrong: %s', async (_, change, message) => {
    const url = new URL(await testDatabase({ empty: true }));
    change(url);
    const result = await new PrismaProject().run(url.href, ['migrate', 'deploy']);
    expect(result).toMatchObject({ code: 1, output: expect.stringMatching(message) });
  });
});

describe('the shadow database', () => {
  const DIFF = ['migrate', 'diff', '--from-migrations', 'migrations', '--to-schema', 'schema.prisma', '--exit-code'];

  it('is refused when it is the main one under another address: no row is lost', async () => {
    const url = await testDatabase({ empty: true });
    const project = new PrismaProject();
    project.migration('1_widget', CREATE_WIDGET);
    await ask(url, `${CREATE_WIDGET} INSERT INTO "Widget" VALUES (1, 'precious')`);
    const shadowUrl = url.replace('127.0.0.1', 'localhost');
    const result = await project.run(url, DIFF, { shadowUrl });
    expect(result).toMatchObject({ code: 1, output: expect.stringMatching(/leads to the main database/) });
    expect(await ask(url, 'select name from "Widget"')).toEqual([['precious']]);
  });

  it('is refused when it holds a migration history of its own', async () => {
    const [url, shadowUrl] = [await testDatabase({ empty: true }), await testDatabase({ empty: true })];
    await ask(shadowUrl, 'CREATE TABLE _prisma_migrations (id int)');
    const result = await new PrismaProject().run(url, DIFF, { shadowUrl });
    expect(result).toMatchObject({ code: 1, output: expect.stringMatching(/holds a migration history/) });
    expect(await ask(shadowUrl, 'select count(*)::int from _prisma_migrations')).toEqual([[0]]);
  });

  it('is dropped afterwards; one whose maker was killed is dropped by the next run', async () => {
    const url = await testDatabase({ empty: true });
    const project = new PrismaProject();
    // Long enough to be killed in the middle: `migrate diff` replays the migrations on the shadow.
    project.migration('1_widget', `${CREATE_WIDGET}\nSELECT pg_sleep(30);`);
    const killed = project.start(url, DIFF);
    let left: unknown[] = [];
    for (const deadline = Date.now() + 20_000; left.length === 0 && Date.now() < deadline; await sleep(50)) {
      left = (
        await ask(
          url,
          `select datname from pg_stat_activity where query like '%pg_sleep(30)%' and datname like 'prisma%'`,
        )
      ).flat();
    }
    expect(left).toHaveLength(1);
    process.kill(-(killed.pid ?? 0), 'SIGKILL');
    // The server notices that its client is gone only when the statement ends.
    await ask(url, `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '${left[0]}'`);
    expect(await shadowsOf(url)).toEqual(left);
    project.migration('1_widget', CREATE_WIDGET);
    expect(await project.run(url, DIFF)).toMatchObject({ code: 0, output: expect.stringMatching(/No difference/) });
    expect(await shadowsOf(url)).toEqual([]);
  });
});

describe('db execute', () => {
  it('runs a script where the request says', async () => {
    const url = await testDatabase({ empty: true });
    const script = { stdin: 'CREATE TABLE made (id int);' };
    expect((await new PrismaProject().run(url, ['db', 'execute', '--stdin'], script)).code).toBe(0);
    expect(await ask(url, `select to_regclass('made')::text`)).toEqual([['made']]);
  });
});
