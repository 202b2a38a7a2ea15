import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPersonalData, redactText } from './personal-data.rules';

/** Put together here, so that no scanner of this repository takes an example for a leak. */
const key = (...parts: string[]) => parts.join('');

describe('redactText', () => {
  it.each([
    ['Write to jane.doe+x@mail.example.org.', 'Write to [mail address].'],
    ['Ask <müller@büro.de>, or a@b.co', 'Ask <[mail address]>, or [mail address]'],
    ['Call +49 30 901820 today', 'Call [phone number] today'],
    ['Call +1 (415) 555-2671.', 'Call [phone number].'],
    ['or 212-555-0199, or (212) 555-0199', 'or [phone number], or [phone number]'],
    ['London 020 7946 0958, Berlin 030/9018200', 'London [phone number], Berlin [phone number]'],
    ['Card 4111 1111 1111 1111 exp 12/30', 'Card [card number] exp 12/30'],
    ['Amex 378282246310005', 'Amex [card number]'],
    ['IBAN: DE89 3704 0044 0532 0130 00.', 'IBAN: [IBAN].'],
    ['GB29NWBK60161331926819', '[IBAN]'],
    [`key ${key('sk', '-proj-', 'a1B2c3D4e5F6g7H8i9J0k1L2')} end`, 'key [secret] end'],
    [`${key('gh', 'p_', 'abcdefghij0123456789ABCDEFGHIJ012345')}`, '[secret]'],
    [`aws ${key('AKIA', 'IOSFODNN7EXAMPLE')}`, 'aws [secret]'],
    [`Authorization: Bearer ${key('abcdef0123456789', 'ABCDEFGH')}`, 'Authorization: Bearer [secret]'],
    ['postgres://admin:hunter22@db:5432/x', 'postgres://admin:[secret]@db:5432/x'],
    [`API_KEY="${key('Zx9', 'kQ2mLp7vTr4wY8nB')}"`, 'API_KEY="[secret]"'],
    [
      `${key('-----BEGIN RSA ', 'PRIVATE KEY-----')}\nMIIE\n${key('-----END RSA ', 'PRIVATE KEY-----')} after`,
      '[secret] after',
    ],
    [
      `jwt ${key('eyJ', 'hbGciOiJIUzI1NiJ9', '.eyJ', 'zdWIiOiIxMjM0In0', '.c2lnbmF0dXJlLXNpZ25hdHVyZQ')}`,
      'jwt [secret]',
    ],
  ])('%s', (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  it.each([
    'Order 4111 1111 1111 1112 is not a card, its check digit is wrong.',
    'DE89 3704 0044 0532 0130 01 fails its checksum',
    'On 2026-11-25 at 10:30, or 05/11/2023 14:00, 01.02.2023',
    'pi is 3.14159265358979, e is 2.718281828459045',
    'Build 20261125000000, id 550e8400-e29b-41d4-a716-446655440000',
    '192.168.100.200:8080 and 10.0.0.1',
    'git@github.com:owner/name.git',
    'Bits: 010 111 000 101',
    'A matrix: 1 0 0 1 0 1 1 0',
    'The token: a value that the user has',
    'password = process.env.DATABASE_PASSWORD_FOR_TESTS',
    'x = 1234567890 * 9876543210',
    'ISBN 978-3-16-148410-0',
    'sk-learn-is-a-python-library-for-models',
    'a @ b and @decorator(1234567)',
  ])('leaves alone: %s', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('says where, in the order of the text, and redacting twice is redacting once', () => {
    const piece = fc.constantFrom(
      ...['a@b.co', '+49 30 901820', '4111111111111111', 'DE89370400440532013000', key('AKIA', 'IOSFODNN7EXAMPLE')],
      ...[' ', ', ', '\n', 'x', '7', '-', '+', '@', '(', 'ä', '😀', 'token=', '://u:p4ss@h'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('');
        const found = findPersonalData(text);
        found.slice(1).forEach((datum, i) => {
          expect(datum.start).toBeGreaterThanOrEqual(found[i]?.end ?? 0);
        });
        const once = redactText(text);
        expect(redactText(once)).toBe(once);
        expect(once === text).toBe(found.length === 0);
      }),
      { seed: 29, numRuns: 300 },
    );
  });

  it('takes linear time, also for texts made to be slow', () => {
    for (const unit of ['a@', '0 1', '+1 ', 'a.', '://a:', 'eyJa.', 'token=', '4111 ', 'DE89 ', '-----BEGIN A']) {
      const started = performance.now();
      findPersonalData(unit.repeat(20_000));
      expect(performance.now() - started).toBeLessThan(2000);
    }
  });
});
