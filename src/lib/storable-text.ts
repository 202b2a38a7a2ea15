/**
 * Postgres holds neither NUL nor half of a surrogate pair (in JSON columns it refuses the whole row); both become the sign
 * for an unreadable character. For every text that somebody else wrote, or that was cut at a fixed length.
 */
export const storableText = (text: string): string =>
  text.replace(/\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
