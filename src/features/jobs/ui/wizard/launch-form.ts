import { z } from 'zod';
import type { Money } from '@/lib/money';
import { type Hyperparameters, hyperparameters, jobSubmitInput } from '../../job.schema';
import { parseDollars } from '../prepare-money';
import type { WizardParams } from './wizard-params';

const shapes = hyperparameters.shape;

/** A setting as typed: empty = the base model's own default. */
const setting = <T extends number | 'auto'>(shape: z.ZodType<T>, message: string) =>
  z
    .string()
    .trim()
    .transform((text, context): T | undefined => {
      if (text === '') return undefined;
      const read = shape.safeParse(text.toLowerCase() === 'auto' ? 'auto' : Number(text));
      if (read.success) return read.data;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });

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
  epochs: setting(shapes.epochs, 'A whole number from 1 to 100, or auto.'),
  batchSize: setting(shapes.batchSize, 'A whole number from 1 to 512, or auto.'),
  learningRateMultiplier: setting(shapes.learningRateMultiplier, 'A number above 0, such as 1.8, or auto.'),
  name: z.string().trim().max(120, 'At most 120 characters.'),
  suffix: jobSubmitInput.shape.suffix.unwrap(),
  seed: optional(seedOf, 'A whole number from 0 to 2147483647.'),
  cap: optional(positive, 'Dollars above zero, such as 12.50.'),
});

export type LaunchFormTexts = z.input<typeof launchForm>;
export type LaunchFormValues = z.output<typeof launchForm>;

export const textsOf = (params: WizardParams): LaunchFormTexts => ({
  epochs: params.epochs ?? '',
  batchSize: params.batch ?? '',
  learningRateMultiplier: params.lr ?? '',
  name: params.name ?? '',
  suffix: params.suffix ?? '',
  seed: params.seed ?? '',
  cap: params.cap ?? '',
});

export const paramsOf = (texts: LaunchFormTexts) => ({
  epochs: texts.epochs || null,
  batch: texts.batchSize || null,
  lr: texts.learningRateMultiplier || null,
  name: texts.name || null,
  suffix: texts.suffix || null,
  seed: texts.seed || null,
  cap: texts.cap || null,
});

type Typed = Pick<LaunchFormTexts, 'epochs' | 'batchSize' | 'learningRateMultiplier'>;

/** The settings that can be understood; a half-typed one counts as untouched until it can. */
export function settingsOf(texts: Typed): Partial<Hyperparameters> {
  const { epochs, batchSize, learningRateMultiplier } = launchForm.shape;
  const read = <T>(shape: z.ZodType<T>, text: string) => shape.safeParse(text).data;
  const [e, b, l] = [
    read(epochs, texts.epochs),
    read(batchSize, texts.batchSize),
    read(learningRateMultiplier, texts.learningRateMultiplier),
  ];
  return {
    ...(e !== undefined && { epochs: e }),
    ...(b !== undefined && { batchSize: b }),
    ...(l !== undefined && { learningRateMultiplier: l }),
  };
}
