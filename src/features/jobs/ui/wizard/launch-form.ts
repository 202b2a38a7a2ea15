import { zodResolver } from '@hookform/resolvers/zod';
import { z } from 'zod';
import type { Money } from '@/lib/money';
import { jobSubmitInput } from '../../job.schema';
import { readSetting } from '../../setting.rules';
import { parseDollars } from '../prepare-money';

/** Empty = not said: a setting is then the base model's own default. */
const optional = <T>(read: (text: string) => T | undefined, message: string) =>
  z
    .string()
    .trim()
    .transform((text, context): T | undefined => {
      if (text === '') return undefined;
      const value = read(text);
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });

const positive = (text: string): Money | undefined => {
  const amount = parseDollars(text);
  return amount === 0n ? undefined : amount;
};

const seedOf = (text: string): number | undefined => {
  const seed = jobSubmitInput.shape.seed.unwrap().safeParse(Number(text));
  return seed.success ? seed.data : undefined;
};

/** What is typed in the wizard: texts in, values of the submit out. */
export const launchForm = z.object({
  epochs: optional((text) => readSetting('epochs', text), 'A whole number from 1 to 100, or auto.'),
  batchSize: optional((text) => readSetting('batchSize', text), 'A whole number from 1 to 512, or auto.'),
  learningRateMultiplier: optional(
    (text) => readSetting('learningRateMultiplier', text),
    'A number above 0, such as 1.8, or auto.',
  ),
  name: z.string().trim().max(120, 'At most 120 characters.'),
  suffix: jobSubmitInput.shape.suffix.unwrap(),
  seed: optional(seedOf, 'A whole number from 0 to 2147483647.'),
  cap: optional(positive, 'Dollars above zero, such as 12.50.'),
});

export type LaunchFormValues = z.output<typeof launchForm>;

export const resolveLaunch = zodResolver(launchForm);
