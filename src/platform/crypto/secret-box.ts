import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '@/lib/app-error';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A key for one purpose, derived from the installation's secret, so that no two purposes share key material. */
export function deriveKey(secretHex: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', Buffer.from(secretHex, 'hex'), Buffer.alloc(0), `tuneloop:${purpose}`, 32));
}

/** AES-256-GCM. Shape: base64(iv 12 | tag 16 | ciphertext). `context` (a row id) must match when opening. */
export function seal(key: Buffer, plain: string, context: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
}

/** @throws precondition_failed `secrets.cannot_open` when the installation's secret changed or the row was moved */
export function open(key: Buffer, sealed: string, context: string): string {
  try {
    const raw = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, raw.subarray(0, IV_BYTES));
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(raw.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(raw.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new AppError({
      kind: 'precondition_failed',
      reason: 'secrets.cannot_open',
      message:
        'A saved secret could not be decrypted, most likely because TUNELOOP_SECRET is not the one it was saved with. Restore that value, or enter the secret again.',
      cause,
    });
  }
}

/** What is stored of a random token: fast to compare, useless to a thief. Not for passwords. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
