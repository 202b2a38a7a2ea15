import type { TokenEngine } from '../import/o200k/engine';
import { CONTENTS } from './content-page';
import { writeNumbers } from './leb128';
import { tokenMarks } from './marks';

/** As many as a mask has bits: of each word a block's rows are noted as one. */
export const BLOCK_ROWS = 16;
/** Versions with fewer rows are looked through as they are. */
export const MIN_ROWS = 2000;
/** Of a page; more pages make a look-up cheaper and the table larger. */
const PAGE_BYTES = 1500;
const PLACE_BYTES = 0.6;
const MAX_BITS = 10;
/** The page that says where the blocks of a segment are. */
export const DIRECTORY = -1;
/** The columns of example_words, in the order in which they are written. */
export const INDEX_COLUMNS = ['dataset_id', 'from_version', 'segment', 'page', 'body'] as const;

/**
 * Writes what the engine notes in the pass that stores the rows: which words and marks stand in which of them. A segment is
 * about a thousand blocks; each becomes rows of example_words: a directory, the contents of its rows, and pages with the words
 * of one range of hashes each.
 */
export class IndexWriter {
  private rows = 0;
  private segment = 0;
  private readonly finished: Buffer[] = [];
  private readonly head: Buffer;

  constructor(
    private readonly engine: TokenEngine,
    datasetId: string,
    fromVersion: number,
  ) {
    this.head = Buffer.alloc(2 + 4 + 16 + 8);
    this.head.writeInt16BE(INDEX_COLUMNS.length, 0);
    this.head.writeInt32BE(16, 2);
    this.head.write(datasetId.replaceAll('-', ''), 6, 'hex');
    this.head.writeInt32BE(4, 22);
    this.head.writeInt32BE(fromVersion, 26);
    engine.startIndex(tokenMarks());
  }

  /** What is finished since the last call, in Postgres' binary COPY format without header and trailer. */
  take(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(Buffer.concat(this.finished.splice(0)));
    return bytes;
  }

  /** @param useful false: the rows are too few, or will not stay as they were written */
  end(useful: boolean): void {
    const rest = this.engine.segment;
    if (!useful || this.rows + rest.rows < MIN_ROWS) {
      this.finished.length = 0;
      return;
    }
    if (rest.rows % BLOCK_ROWS > 0) this.engine.endBlock();
    if (rest.rows > 0) this.endSegment();
  }

  /** Writes a segment, which is full or the last one. */
  endSegment(): void {
    const { engine } = this;
    const { rows, ordinals, lines, last, contents } = engine.segment;
    const bits = Math.min(MAX_BITS, Math.max(0, Math.ceil(Math.log2((engine.places * PLACE_BYTES) / PAGE_BYTES))));
    const directory = [bits, ordinals.length, ...steps(ordinals), last.ordinal, ...steps(lines), last.line];
    this.row(DIRECTORY, writeNumbers(directory));
    this.row(CONTENTS, contents);
    engine.pages(bits).forEach((page, i) => {
      if (page.length > 0) this.row(i, page);
    });
    this.rows += rows;
    this.segment++;
    engine.startSegment();
  }

  private row(page: number, body: Uint8Array): void {
    const place = Buffer.alloc(20);
    place.writeInt32BE(4, 0);
    place.writeInt32BE(this.segment, 4);
    place.writeInt32BE(4, 8);
    place.writeInt32BE(page, 12);
    place.writeInt32BE(body.length, 16);
    this.finished.push(this.head, place, Buffer.from(body));
  }
}

/** The first number, then the distances; rows come in the order of their places. */
const steps = (numbers: readonly number[]): number[] => numbers.map((number, i) => number - (numbers[i - 1] ?? 0));
