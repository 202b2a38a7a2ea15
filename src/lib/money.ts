/** Nano-dollars, 1 USD = 1,000,000,000: inference is priced below a millionth of a dollar. Unknown is null, never 0. */
export type Money = bigint;

export const NANO_USD = 1_000_000_000n;

/** Dollars as typed by a person (at most 9 decimals are kept) to nano-dollars. */
export function usd(dollars: number): Money {
  return BigInt(Math.round(dollars * 1e6)) * 1000n;
}

/** Exact decimal text of an amount in dollars, without a sign for the currency: "12.4", "0.0000031". */
export function toDecimalUsd(amount: Money): string {
  const negative = amount < 0n;
  const absolute = negative ? -amount : amount;
  const fraction = (absolute % NANO_USD).toString().padStart(9, '0').replace(/0+$/, '');
  return `${negative ? '-' : ''}${absolute / NANO_USD}${fraction ? `.${fraction}` : ''}`;
}

/** "$12.40"; amounts under a cent keep the digits that matter ("$0.00031"), so a price is never shown as nothing. */
export function formatMoney(amount: Money): string {
  const sign = amount < 0n ? '-' : '';
  const dollars = Math.abs(Number(amount)) / 1e9;
  if (dollars === 0) return '$0.00';
  if (dollars >= 0.01) {
    return `${sign}$${dollars.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  }
  return `${sign}$${dollars.toLocaleString('en-US', { maximumSignificantDigits: 2, maximumFractionDigits: 9 })}`;
}

/** Multiplies a price per unit and rounds up once, at the end: a bill is never understated. */
export function multiplyUp(pricePerUnit: Money, units: number | bigint, divisor = 1n): Money {
  const product = pricePerUnit * BigInt(units);
  return (product + divisor - 1n) / divisor;
}

/** Dollars as a person types them ("$1,200.50", "0.0000031") to nano-dollars, without a detour over floats; null when it is no amount. */
export function parseUsd(text: string): Money | null {
  const match = /^\$?(\d{1,12})(?:\.(\d{0,9}))?$/.exec(text.replace(/[\s,]/g, ''));
  if (!match) return null;
  const [, whole = '0', fraction = ''] = match;
  return BigInt(whole) * NANO_USD + BigInt(fraction.padEnd(9, '0'));
}
