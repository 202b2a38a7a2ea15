const THIN_SPACE = '\u2009';

/** 1234567 → "1 234 567" with thin spaces; at most `digits` decimals. */
export function formatCount(value: number | bigint, digits = 0): string {
  return new Intl.NumberFormat('en-US', { maximumFractionDigits: digits }).format(value).replaceAll(',', THIN_SPACE);
}

/** An estimate, in so many digits as it may have: 163482 → "163 000", 16194400 → "16.2 M". */
export function formatAbout(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return rounded >= 1_000_000 ? `${formatCount(rounded / 1_000_000, 2)} M` : formatCount(rounded);
}

/** Bytes in decimal units as disks and networks are sold: "1.4 MB". */
export function formatBytes(bytes: number | bigint): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = Number(bytes);
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** Ratio 0..1 → "72 %". Percent exists only on screens. */
export function formatPercent(ratio: number, digits = 0): string {
  return `${(ratio * 100).toFixed(digits)} %`;
}

/** Loss to three digits that mean something: 0.412, 2.31, 12.3. */
export function formatLoss(loss: number): string {
  return loss.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}
