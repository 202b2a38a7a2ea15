import { describe, expect, it } from 'vitest';
import { quote, readConnectionUrl } from './connection-url.mjs';

describe('readConnectionUrl', () => {
  it('reads discrete fields, decoded', () => {
    const { host, port, database, schema, client } = readConnectionUrl(
      'postgresql://me:p%40ss@db.example:6543/My%22App',
    );
    expect({ host, port, database, schema }).toEqual({
      host: 'db.example',
      port: 6543,
      database: 'My"App',
      schema: 'public',
    });
    expect(client).toMatchObject({ user: 'me', password: 'p@ss', ssl: false, options: '-c search_path="public"' });
    expect(client).not.toHaveProperty('connectionString');
  });

  it('takes IPv6 out of its brackets', () => {
    expect(readConnectionUrl('postgresql://me@[::1]:5433/app')).toMatchObject({ host: '::1', port: 5433 });
  });

  it.each([
    ['postgresql://me:pw@/app?host=/run/postgresql', '/run/postgresql'],
    ['postgresql:///app?host=/run/postgresql', '/run/postgresql'],
    ['postgresql://me@%2Frun%2Fpostgresql/app', '/run/postgresql'],
  ])('finds the Unix socket in %s', (url, host) => {
    expect(readConnectionUrl(url)).toMatchObject({ host, database: 'app' });
  });

  it('escapes a schema name for the search path, and keeps given options', () => {
    const { client } = readConnectionUrl('postgres://me@h/app?schema=a%20"b&options=-c%20work_mem=8MB');
    expect(client.options).toBe('-c work_mem=8MB -c search_path="a\\ ""b"');
  });

  it('reads connect_timeout in seconds, 5 if absent', () => {
    expect(readConnectionUrl('postgres://me@h/a?connect_timeout=12').client.connectionTimeoutMillis).toBe(12_000);
    expect(readConnectionUrl('postgres://me@h/a').client.connectionTimeoutMillis).toBe(5000);
  });

  it('follows libpq: require encrypts, verify-ca checks the chain, verify-full the name too', () => {
    const ssl = (mode) => readConnectionUrl(`postgres://me@h/a?sslmode=${mode}`).client.ssl;
    expect(ssl('disable')).toBe(false);
    expect(ssl('require')).toMatchObject({ rejectUnauthorized: false, servername: 'h' });
    expect(ssl('verify-ca')).toMatchObject({ rejectUnauthorized: true, checkServerIdentity: expect.any(Function) });
    expect(ssl('verify-full')).toMatchObject({ rejectUnauthorized: true });
    expect(ssl('verify-full')).not.toHaveProperty('checkServerIdentity');
  });

  it('names a certificate file that is missing', () => {
    expect(() => readConnectionUrl('postgres://me@h/a?sslrootcert=/nowhere/ca.pem')).toThrow(/nowhere/);
  });
});

describe('quote', () => {
  it('doubles quotes', () => expect(quote('a"b')).toBe('"a""b"'));
});
