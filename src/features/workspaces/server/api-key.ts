import { randomBytes } from 'node:crypto';

const MARK = 'tl_';

/** A new key: `tl_` and 32 random bytes. The mark lets secret scanners and people recognise it. */
export const makeApiKey = (): string => `${MARK}${randomBytes(32).toString('base64url')}`;

/** What may be shown later to tell keys apart. */
export const prefixOf = (key: string): string => key.slice(0, MARK.length + 6);

export const looksLikeApiKey = (token: string): boolean => token.startsWith(MARK) && token.length < 100;
