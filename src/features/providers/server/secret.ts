import { open, seal } from '@/platform/crypto/secret-box';

interface Place {
  id: string;
  baseUrl: string | null;
}

/** A key is sealed for its row and its address: copied to another row, or with the address changed, it does not open. */
const contextOf = ({ id, baseUrl }: Place): string => `connection ${id} at ${baseUrl ?? 'its own address'}`;

export const sealSecret = (key: Buffer, secret: string, place: Place): string => seal(key, secret, contextOf(place));

/** @throws precondition_failed `secrets.cannot_open` */
export const openSecret = (key: Buffer, sealed: string, place: Place): string => open(key, sealed, contextOf(place));

/** The last four characters, where that leaves enough unsaid. */
export const hintOf = (secret: string): string => (secret.length >= 16 ? `…${secret.slice(-4)}` : '…');
