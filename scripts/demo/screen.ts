import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

const BAR_WIDTH = 28;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
/** Where a line cannot be drawn again, one line for each of so many parts of the way is printed. */
const PLAIN_LINES = 10;

/** "▕██████▌           ▏ 37 %" @param share 0..1 */
export function bar(share: number, width = BAR_WIDTH): string {
  const clamped = Math.min(1, Math.max(0, share));
  const eighths = Math.round(clamped * width * 8);
  const full = '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
  return `▕${full.padEnd(width)}▏${String(Math.floor(clamped * 100)).padStart(4)} %`;
}

/** "1 m 05 s", "12 s" @param ms milliseconds, rounded up to seconds */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, '0')} s`;
}

/** "87.5 %", "not measured" @param share 0..1 */
export const percent = (share: number | null): string =>
  share === null ? 'not measured' : `${(share * 100).toFixed(1).replace(/\.0$/, '')} %`;

export const cut = (text: string, width: number): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > width ? `${line.slice(0, width - 1)}…` : line;
};

/** Prints for a person. On a terminal the last line can be drawn again in place; elsewhere it appears now and then. */
export class Screen {
  private readonly isTerminal: boolean;
  private readonly hasColour: boolean;
  private drawn = false;
  private plainLines = 0;

  constructor(private readonly out: NodeJS.WriteStream) {
    this.isTerminal = out.isTTY === true;
    this.hasColour = this.isTerminal && !process.env.NO_COLOR;
  }

  style(style: Style, text: string): string {
    return this.hasColour ? styleText(style, text) : text;
  }

  line(text = ''): void {
    this.settle();
    this.out.write(`${text}\n`);
  }

  title(text: string): void {
    this.line(`\n${this.style('bold', text)}`);
  }

  /** A line of facts: name left, value right. */
  fact(name: string, value: string): void {
    this.line(`  ${this.style('dim', name.padEnd(16))} ${value}`);
  }

  /** Draws a progress line in place. @param share 0..1, or null while the length of the way is unknown */
  progress(share: number | null, text: string): void {
    const line = `  ${share === null ? '…' : this.style('cyan', bar(share))}  ${text}`;
    if (this.isTerminal) {
      this.out.write(`\r${line}\x1b[K`);
      this.drawn = true;
      return;
    }
    const reached = share === null ? 0 : Math.floor(share * PLAIN_LINES) + 1;
    if (reached <= this.plainLines) return;
    this.plainLines = reached;
    this.out.write(`${line}\n`);
  }

  /** Leaves the last progress line as it stands. */
  settle(): void {
    if (this.drawn) this.out.write('\n');
    this.drawn = false;
  }

  /** The next progress starts anew. */
  beginProgress(): void {
    this.settle();
    this.plainLines = 0;
  }
}
