import { describe, expect, it } from 'vitest';
import { encodePrompt } from '../model/chat-template';
import { loadModelWeights } from '../model/decoder';
import { seededRandom } from '../model/vector-math';
import { BASE_CHECKPOINT, shippedTokenizer } from '../testing/examples';
import { Reply, type ReplyOptions } from './reply';
import { sample } from './sampler';

const tokenizer = shippedTokenizer();
const weights = loadModelWeights(BASE_CHECKPOINT);

function replyTo(question: string, chosen: Partial<ReplyOptions> = {}) {
  const prompt = encodePrompt(tokenizer, [{ role: 'user', content: question }]);
  const options = { temperature: 0, topP: 1, random: seededRandom(1), maxTokens: 40, stop: [], ...chosen };
  const reply = new Reply(weights, tokenizer, prompt, options);
  const pieces: string[] = [];
  while (!reply.finish) pieces.push(reply.advance());
  return { text: pieces.join(''), finish: reply.finish, tokens: reply.completionTokens };
}

describe('a reply', () => {
  it('ends when the model ends it', () => {
    expect(replyTo('What is the capital of France?')).toMatchObject({
      text: 'The capital of France is Paris.',
      finish: 'stop',
    });
  });

  it('ends when its room is used up', () => {
    expect(replyTo('What is the capital of France?', { maxTokens: 3 })).toMatchObject({ finish: 'length', tokens: 3 });
  });

  it('ends before a stop word, also one that spans tokens, and shows nothing of it', () => {
    const cut = replyTo('What is the capital of France?', { stop: ['France is', 'nothing'] });
    expect(cut).toMatchObject({ text: 'The capital of ', finish: 'stop' });
  });

  it('keeps what looked like the beginning of a stop word', () => {
    expect(replyTo('What is the capital of France?', { stop: ['Paris.!'] }).text).toBe(
      'The capital of France is Paris.',
    );
  });

  it('follows from the seed', () => {
    const hot = (seed: number) =>
      replyTo('Write about a river.', { temperature: 1.5, random: seededRandom(seed) }).text;
    expect(hot(1)).toBe(hot(1));
    expect(hot(1)).not.toBe(hot(2));
  });
});

describe('sampling', () => {
  const logits = () => Float32Array.from([9, 9, 9, 9, 9, 0, 3, 2, 1]);

  it('never picks what opens a role', () => {
    for (let i = 0; i < 50; i++) {
      const random = seededRandom(i);
      expect(sample(logits(), { temperature: 2, topP: 1, random })).toBeGreaterThanOrEqual(5);
    }
  });

  it('draws from the most likely tokens only', () => {
    const picked = Array.from({ length: 50 }, (_, i) =>
      sample(logits(), { temperature: 1, topP: 0.7, random: seededRandom(i) }),
    );
    expect(new Set(picked)).toEqual(new Set([6, 7]));
  });
});
