import { describe, expect, it } from 'vitest';
import { uploadFailure } from './upload-failure';

const refusedPut = (status: number, data: unknown = { error: 'Words of the storage.' }) => ({
  code: 'UPLOAD_FAILED',
  message: `XHR failed ${status} Something`,
  data,
});

describe('uploadFailure', () => {
  it.each([
    ['a lost connection', { code: 'UPLOAD_FAILED', message: 'UPLOAD_FAILED' }, false, /connection/],
    [
      'no way to ask for an address',
      { code: 'INTERNAL_CLIENT_ERROR', message: 'Failed to report event' },
      false,
      /connection/,
    ],
    ['a failed HEAD', { _tag: 'FetchError' }, false, /connection/],
    ['a server that is starting', { code: 'INTERNAL_SERVER_ERROR', message: 'x' }, false, /could not take/],
    [
      'an import that failed',
      { code: 'UPLOAD_FAILED', message: 'y', data: { error: 'It is tried again.' } },
      false,
      /tried again/,
    ],
    ['an expired address', refusedPut(403), false, /Words/],
    ['a silent connection', refusedPut(408), false, /Words/],
    ['a gateway without words', refusedPut(502, null), false, /could not take/],
    ['a full disk', refusedPut(507), true, /Words/],
    ['content that is no text', refusedPut(415), true, /Words/],
    ['a key that is taken', refusedPut(409), true, /Words/],
    ['nobody signed in', { code: 'FORBIDDEN', message: 'Please sign in again.' }, true, /sign in/],
    ['a bad name', { code: 'BAD_REQUEST', message: 'Rename the file.' }, true, /Rename/],
    ['nothing at all', undefined, false, /connection/],
  ])('%s', (_, error, final, words) => {
    const failure = uploadFailure(error);
    expect(failure.final).toBe(final);
    expect(failure.message).toMatch(words);
  });
});
