import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleTrainer, dataFolder, type RunningTrainer, startTrainer } from '@/trainer/testing/start-trainer';
import { builtinAnswers, openAiInference } from './adapter';

const KEY = 'trainer-key-of-this-test';
const folder = dataFolder();
let trainer: RunningTrainer;
beforeAll(async () => {
  await bundleTrainer();
  trainer = await startTrainer(folder, { TRAINER_API_KEY: KEY });
});
afterAll(async () => {
  await trainer.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

it('the built-in trainer answers whole and in pieces, with the same words and counts', async () => {
  const inference = openAiInference(builtinAnswers)({ baseUrl: trainer.url, apiKey: KEY });
  const messages = [{ role: 'user' as const, content: 'Hello! Which day comes after Monday?' }];
  const request = { model: 'tiny-chat-1', messages, seed: 3, temperature: 0.5, maxTokens: 12 };
  const whole = await inference.complete(request);
  let text = '';
  let usage: unknown;
  for await (const piece of inference.stream(request)) {
    text += piece.content ?? '';
    usage = piece.usage ?? usage;
  }
  expect(text.length).toBeGreaterThan(0);
  expect(text).toBe(whole.message.content);
  expect(usage).toEqual(whole.usage);
  expect(whole.usage?.completionTokens).toBeLessThanOrEqual(12);
});
