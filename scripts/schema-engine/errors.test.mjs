import { expect, describe as group, it } from 'vitest';
import { describe } from './errors.mjs';

const target = { host: 'db', port: 5432, database: 'app', client: { user: 'me' } };
const failure = (code, message = 'what the driver said') => Object.assign(new Error(message), { code });

group('describe', () => {
  it.each([
    ['28P01', 'P1000', /credentials for `me`/],
    ['ECONNREFUSED', 'P1001', /reach database server at `db:5432`/],
    ['3D000', 'P1003', /`app` does not exist/],
    ['42P04', 'P1009', /`app` already exists/],
    ['42501', 'P1010', /denied access/],
    ['57P01', 'P1017', /closed the connection/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'P1011', /TLS connection: self-signed certificate/],
  ])('%s is %s', (code, expected, message) => {
    const text = code.startsWith('DEPTH') ? 'self-signed certificate' : undefined;
    expect(describe(failure(code, text), target)).toMatchObject({
      code: expected,
      message: expect.stringMatching(message),
    });
  });

  it('claims no cause it does not know: no code, and the words of whoever failed', () => {
    expect(describe(failure('42601', 'syntax error at or near "x"'), target)).toEqual({
      code: null,
      message: 'syntax error at or near "x"',
      meta: null,
    });
  });

  it('looks into what Node and the driver adapter wrap', () => {
    const many = new AggregateError([failure('ECONNREFUSED'), failure('ECONNREFUSED')]);
    expect(describe(many, target).code).toBe('P1001');
    const wrapped = Object.assign(new Error('DriverAdapterError'), {
      cause: { originalCode: '28P01', originalMessage: 'password authentication failed' },
    });
    expect(describe(wrapped, target).code).toBe('P1000');
  });

  it("keeps the engine's own codes and their details", () => {
    const own = Object.assign(failure('P3009', 'failed migrations'), { meta: { details: 'x' } });
    expect(describe(own, target)).toEqual({ code: 'P3009', message: 'failed migrations', meta: { details: 'x' } });
  });
});
