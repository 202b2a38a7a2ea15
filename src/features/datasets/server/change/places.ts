import type { Tx } from '@/lib/transaction';
import type { RowInFile } from '../../left-out.rules';
import type { VersionKey } from '../example.queries';
import { aggregates } from '../import/tally';
import type { ChangeQueries } from './change.queries';

interface Place {
  ordinal: bigint;
  line: number;
}

/** Of a row of the file that was left out. */
export type PlaceInFile = Place & RowInFile;

/**
 * Gives new rows of a version a place in its order, and a line number. Neither is ever given twice, not even when the row
 * that had it is gone: by its place a row is known from version to version.
 */
export class Places {
  private last: Place | null = null;
  private readonly given = new Set<bigint>();

  constructor(
    private readonly reads: ChangeQueries,
    private readonly base: VersionKey & { id: string; aggregates: unknown },
    private readonly tx?: Tx,
  ) {}

  /** Behind all rows; as far from the last as if it followed in the same file, so that there is room between. */
  async atEnd(body: string): Promise<Place> {
    const last = await this.end();
    last.ordinal += BigInt(Buffer.byteLength(body) + 1);
    last.line++;
    return { ...last };
  }

  /** The first free place behind a row and what was put there before; at the end when there is none near. */
  async behind(ordinal: bigint, body: string): Promise<Place> {
    const { taken, more } = await this.reads.takenAfter(this.base.datasetId, ordinal, this.tx);
    const occupied = new Set([...taken, ...this.given]);
    // Beyond the last place that was looked at nothing is known, unless the version ends there.
    const limit = more ? (taken.at(-1) ?? ordinal) : null;
    for (let free = ordinal + 1n; limit === null || free < limit; free++)
      if (!occupied.has(free)) return this.give(free);
    const place = await this.atEnd(body);
    this.given.add(place.ordinal);
    return place;
  }

  /** Where a row of the file stood that was left out; nothing else has its line number. */
  async at({ ordinal, line }: PlaceInFile, body: string): Promise<Place> {
    return { ordinal: (await this.behind(ordinal - 1n, body)).ordinal, line };
  }

  /** The highest line number that was given so far. */
  async highestLine(): Promise<number> {
    return (await this.end()).line;
  }

  private async give(ordinal: bigint): Promise<Place> {
    this.given.add(ordinal);
    const last = await this.end();
    last.line++;
    return { ordinal, line: last.line };
  }

  private async end(): Promise<Place> {
    if (this.last) return this.last;
    const { base, reads, tx } = this;
    const known = aggregates.safeParse(base.aggregates).data?.lastLine;
    const reported = known ?? (await reads.lastReported(base.id, tx));
    const line = Math.max(await reads.lastLine(base, tx), reported);
    this.last = { ordinal: await reads.lastPlace(base.datasetId, tx), line };
    return this.last;
  }
}
