const FULL = 0.6;

/** Past this many distinct rows new ones are no longer remembered: 100 MB are enough for a list of what was seen. */
const MAX_REMEMBERED = 5_000_000;

/** Remembers on which line each content hash was first seen: 12 bytes a slot, so a million rows take about 25 MB. */
export class HashTable {
  private hashes = new BigInt64Array(1 << 12);
  private lines = new Int32Array(1 << 12);
  size = 0;

  constructor(private readonly limit = MAX_REMEMBERED) {}

  /** The line that had this hash before, or 0 when it is new (and from now on remembered, up to the limit). */
  seen(hash: bigint, line: number): number {
    if (this.size < this.limit && this.size >= this.hashes.length * FULL) this.grow();
    const place = this.find(hash);
    const before = this.lines[place] as number;
    if (before !== 0 || this.size >= this.limit) return before;
    this.hashes[place] = hash;
    this.lines[place] = line;
    this.size++;
    return 0;
  }

  private find(hash: bigint): number {
    const mask = this.hashes.length - 1;
    let place = Number(hash & 0xffffffffn) & mask;
    while (this.lines[place] !== 0 && this.hashes[place] !== hash) place = (place + 1) & mask;
    return place;
  }

  private grow(): void {
    const { hashes, lines } = this;
    this.hashes = new BigInt64Array(hashes.length * 2);
    this.lines = new Int32Array(lines.length * 2);
    lines.forEach((line, i) => {
      if (line === 0) return;
      const place = this.find(hashes[i] as bigint);
      this.hashes[place] = hashes[i] as bigint;
      this.lines[place] = line;
    });
  }
}
