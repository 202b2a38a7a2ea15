import { formatMoney, type Money, NANO_USD } from '@/lib/money';
import type { JobDetail, JobPlan } from '../job.schema';

type Estimate = Pick<JobPlan['estimate'], 'low' | 'expected' | 'high' | 'free'>;

/** "free", "$3.60 to $4.20", "about $4.00", or "price unknown". */
export function estimateText({ low, expected, high, free }: Estimate): string {
  if (free) return 'free';
  if (low !== null && high !== null) {
    const [from, to] = [formatMoney(low), formatMoney(high)];
    return from === to ? to : `${from} to ${to}`;
  }
  return expected === null ? 'price unknown' : `about ${formatMoney(expected)}`;
}

interface Launch {
  plan: Pick<JobPlan, 'estimate' | 'hold' | 'needsCap'>;
  /** What was typed, in nano-dollars. */
  cap: Money | null;
  /** The training runs on this machine. */
  local: boolean;
}

/** What stands on the button: a paid action names the most that it can cost. */
export function launchLabel({ plan, cap, local }: Launch): string {
  if (plan.estimate.free) return local ? 'Launch · free on this machine' : 'Launch · free';
  const most = mostOf(plan.hold, cap);
  return most === null ? 'Launch · needs a cost cap' : `Launch · up to ${formatMoney(most)}`;
}

/** A lower cap wins over the estimate; without a price only the cap bounds the cost. */
export function mostOf(hold: Money | null, cap: Money | null): Money | null {
  if (hold === null) return cap;
  return cap !== null && cap < hold ? cap : hold;
}

/** "$1.92 so far · estimate $3.60 to $4.20 · cap $5.00" */
export function costLine({
  cost,
  charged,
  estimate,
  cap,
}: Pick<JobDetail, 'cost' | 'charged' | 'estimate' | 'cap'>): string {
  const free = estimate?.free === true && cost === 0n;
  const parts = [
    free ? 'free' : charged === null ? `${formatMoney(cost)} so far` : `${formatMoney(charged)} charged`,
    estimate && !free ? `estimate ${estimateText(estimate)}` : null,
    cap === null ? null : `cap ${formatMoney(cap)}`,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

const DOLLARS = /^\$?\s*(\d{1,9})(?:\.(\d{1,9}))?$/;

/** Dollars as people type them ("4.20", "$ 5") to nano-dollars, exactly; undefined when it is no amount. */
export function parseDollars(text: string): Money | undefined {
  const match = DOLLARS.exec(text.trim());
  if (!match) return undefined;
  const [, whole = '0', fraction = ''] = match;
  return BigInt(whole) * NANO_USD + BigInt(fraction.padEnd(9, '0'));
}
