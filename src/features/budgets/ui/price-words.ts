import { formatMoney, type Money } from '@/lib/money';
import type { Evidence, PriceUnit } from '../budget.schema';

const PER_MILLION = 1_000_000n;

export const unitWords: Record<PriceUnit, string> = {
  training_token: 'training, per 1 M tokens',
  input_token: 'input, per 1 M tokens',
  cached_input_token: 'cached input, per 1 M tokens',
  output_token: 'output, per 1 M tokens',
  hour: 'running, per hour',
};

export const evidenceWords: Record<Evidence, string> = {
  documentation: 'read in the provider’s documentation',
  specification: 'read in the provider’s specification',
  third_party: 'told by others',
  typed: 'typed here',
};

/** How many units a price is spoken for: prices of tokens are read per million. */
export const spokenUnits = (unit: PriceUnit): bigint => (unit === 'hour' ? 1n : PER_MILLION);

export const spokenPrice = (unit: PriceUnit, nanoUsdPerUnit: Money): string =>
  formatMoney(nanoUsdPerUnit * spokenUnits(unit));
