import { describe, expect, it } from 'vitest';
import { detectEncoding, utf8Bytes } from './encoding';

const text = 'Frage;Antwort\nWie groß ist Ärger?;Größer als „klein“\n';
// Letters alone: some versions of Node take Windows-1252 for Latin-1, which has no dashes, quotes or euro sign. Browsers do not.
const letters = 'Frage;Antwort\nWie groß ist Ärger?;Größer als klein\n';
const western = Buffer.from(letters, 'latin1');

describe('detectEncoding', () => {
  it.each([
    ['plain ASCII', Buffer.from('a,b\n1,2\n'), 'utf-8'],
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 that was cut within a character', Buffer.from('größer').subarray(0, 3), 'utf-8'],
    ['Windows-1252', western, 'windows-1252'],
    ['UTF-8 with some damage', Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0x0a])]), 'damaged'],
  ])('knows %s', (_, bytes, encoding) => {
    expect(detectEncoding(bytes)).toBe(encoding);
  });
});

it('makes UTF-8 of Windows-1252', () => {
  expect(Buffer.from(utf8Bytes(western)).toString()).toBe(letters);
});
