import { formatCount } from '@/lib/format';
import { type Money, multiplyUp } from '@/lib/money';
import { type EstimateInput, estimateInput, type PriceSheet, type TrainingEstimate } from './budget.schema';
import { exactUsd, perMillion } from './price.rules';
import type { BillingRule } from './prices.data';

type Triple<T> = readonly [low: T, expected: T, high: T];
type Parsed = ReturnType<typeof estimateInput.parse>;

const DECLARED_FREE = 'This connection runs on hardware of your own, so it costs nothing.';

/**
 * What one training run costs, before it is launched: training tokens per epoch x epochs x price, at least the minimum
 * charge, spelled out line by line. Prices are whole nano-dollars per token, so nothing is rounded on the way.
 *
 * @param input    token counts are exact integers; epochs are a range where `auto` decides
 * @param sheet    prices of the base model; a missing training price makes the estimate unknown, never 0
 * @param tuned    prices of calling the tuned model, for the sentence about what follows
 * @param billing  what is known of how this kind of provider bills. Where it is unknown whether validation tokens are
 *                 billed, the high end counts them once per epoch
 * @returns        Money for low <= expected <= high, or null for all three with the reason
 */
export function estimateTraining(
  input: EstimateInput,
  sheet: PriceSheet,
  tuned: PriceSheet,
  billing: BillingRule,
): TrainingEstimate {
  const parsed = estimateInput.parse(input);
  if (sheet.free || parsed.free) return freeEstimate(parsed, sheet.freeReason ?? DECLARED_FREE);
  const price = sheet.prices.training_token;
  if (!price) return unknown(whyUnpriced(sheet), servingSentence(tuned, billing));
  if (parsed.trainTokens === 0)
    return unknown('The training split has no tokens: there is nothing to train on.', servingSentence(tuned, billing));

  const extra = billing.validation === 'unknown' ? parsed.validationTokens : 0;
  const epochs = sorted(parsed.epochs);
  const tokens = map(epochs, (count) => BigInt(parsed.trainTokens) * BigInt(count));
  const withExtra: Triple<bigint> = [tokens[0], tokens[1], tokens[2] + BigInt(extra) * BigInt(epochs[2])];
  const minimum = billing.minimumCharge ?? 0n;
  const amounts = map(withExtra, (count) => larger(multiplyUp(price.nanoUsdPerUnit, count), minimum));

  const arithmetic = [
    ...tokenLines(parsed, epochs, tokens),
    ...(extra > 0
      ? [
          `Whether ${formatCount(extra)} validation tokens are billed is unknown: the high end counts them once per epoch = ${formatCount(withExtra[2])} tokens`,
        ]
      : []),
    ...(billing.validation === 'free' && parsed.validationTokens > 0 ? ['Validation tokens are not billed'] : []),
    `× ${perMillion(price.nanoUsdPerUnit)} per ${formatCount(1_000_000)} training tokens = ${range(amounts, exactUsd)}`,
    billing.minimumCharge === null
      ? 'No minimum charge is documented'
      : `At least the minimum charge of ${exactUsd(billing.minimumCharge)}`,
  ];
  const [low, expected, high] = amounts;
  return {
    ...{ low, expected, high, arithmetic },
    ...{ source: price.source, evidence: price.evidence, checkedAt: price.checkedAt },
    ...{ free: false, freeReason: null, unknownReason: null },
    serving: servingSentence(tuned, billing),
  };
}

function freeEstimate(input: Parsed, freeReason: string): TrainingEstimate {
  const epochs = sorted(input.epochs);
  const tokens = map(epochs, (count) => BigInt(input.trainTokens) * BigInt(count));
  return {
    ...{ low: 0n, expected: 0n, high: 0n },
    arithmetic: [...tokenLines(input, epochs, tokens), `× $0.00 = $0.00. ${freeReason}`],
    ...{ source: null, evidence: null, checkedAt: null },
    ...{ free: true, freeReason, unknownReason: null },
    serving: 'The tuned model answers at the same place and costs nothing to call.',
  };
}

const unknown = (unknownReason: string, serving: string): TrainingEstimate => ({
  ...{ low: null, expected: null, high: null, arithmetic: [] },
  ...{ source: null, evidence: null, checkedAt: null },
  ...{ free: false, freeReason: null, unknownReason, serving },
});

function whyUnpriced({ model, prices }: PriceSheet): string {
  const byHour = prices.hour
    ? ` It is priced by the hour (${exactUsd(prices.hour.nanoUsdPerUnit)}), and how long a run takes is not known beforehand.`
    : '';
  return `No price per training token is known for ${model}.${byHour} Type the price on the budgets page, or type the most that this job may cost.`;
}

const tokenLines = (input: Parsed, epochs: Triple<number>, tokens: Triple<bigint>): string[] => [
  `${formatCount(input.trainTokens)} training tokens per epoch, counted`,
  `× ${range(epochs, String)} ${epochs[2] === 1 ? 'epoch' : 'epochs'} = ${range(tokens, formatCount)} tokens`,
];

function servingSentence({ free, prices }: PriceSheet, billing: BillingRule): string {
  if (free) return 'The tuned model costs nothing to call.';
  const { input_token: input, output_token: output } = prices;
  if (!input || !output) return 'What the tuned model costs to call is not known here.';
  const idle = billing.idle === 'free' ? ' It costs nothing while nobody calls it.' : '';
  const million = formatCount(1_000_000);
  return `Calling the tuned model costs ${perMillion(input.nanoUsdPerUnit)} per ${million} input tokens and ${perMillion(output.nanoUsdPerUnit)} per ${million} output tokens.${idle}`;
}

const larger = (a: Money, b: Money): Money => (a > b ? a : b);

const map = <A, B>([low, expected, high]: Triple<A>, change: (value: A) => B): Triple<B> => [
  change(low),
  change(expected),
  change(high),
];

/** Whatever order a caller gives: low is the least, high the most, and expected lies between. */
function sorted({ low, expected, high }: Parsed['epochs']): Triple<number> {
  return [Math.min(low, expected, high), expected, Math.max(low, expected, high)];
}

/** "3" when there is no spread, else "3 (2 to 4)". */
const range = <T>([low, expected, high]: Triple<T>, print: (value: T) => string): string =>
  low === high ? print(expected) : `${print(expected)} (${print(low)} to ${print(high)})`;
