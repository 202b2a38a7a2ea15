import type { Differences } from './find-differences';

/** Rows kept in all: some 50 MB at most, and far less where versions differ in little. */
const KEPT_ROWS = 200_000;

const sizeOf = ({ entries }: Differences): number => Object.values(entries).reduce((sum, list) => sum + list.length, 1);

/** Versions never change, so what was found out about two of them is kept, the last used ones longest. */
export function createDiffMemory(keptRows = KEPT_ROWS) {
  const known = new Map<string, { found: Promise<Differences>; size: number }>();

  const forgetOldest = () => {
    let total = [...known.values()].reduce((sum, { size }) => sum + size, 0);
    for (const [key, { size }] of known) {
      if (total <= keptRows || known.size === 1) return;
      known.delete(key);
      total -= size;
    }
  };

  /** Two who ask the same at once wait for one answer; a failure is not kept. */
  return async (key: string, find: () => Promise<Differences>): Promise<Differences> => {
    const held = known.get(key) ?? { found: find(), size: 1 };
    known.delete(key);
    known.set(key, held);
    try {
      const found = await held.found;
      held.size = sizeOf(found);
      forgetOldest();
      return found;
    } catch (error) {
      if (known.get(key) === held) known.delete(key);
      throw error;
    }
  };
}
