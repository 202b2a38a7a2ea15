import { formatMoney, type Money, toDecimalUsd } from '@/lib/money';

interface MoneyTextProps {
  /** Null = unknown, which is never shown as zero. */
  amount: Money | null;
  unknown?: string;
}

/** "$12.40"; all its digits on hover. */
export function MoneyText({ amount, unknown = 'unknown' }: MoneyTextProps) {
  if (amount === null) return <span className="text-faint">{unknown}</span>;
  return <span title={`$${toDecimalUsd(amount)}`}>{formatMoney(amount)}</span>;
}
