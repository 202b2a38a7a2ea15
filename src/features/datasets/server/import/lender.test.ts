import { describe, expect, it } from 'vitest';
import { Lender } from './lender';

class Helper {
  alive = true;
  resting = false;
  rest() {
    this.resting = true;
  }
  wake() {
    this.resting = false;
  }
  async stop() {
    this.alive = false;
  }
}

function lab(max = 1) {
  const made: Helper[] = [];
  const lender = new Lender(() => {
    const helper = new Helper();
    made.push(helper);
    return helper;
  }, max);
  return { lender, made };
}

const never = new AbortController().signal;

describe('Lender', () => {
  it('lends no more helpers at a time than it may, and the same ones again', async () => {
    const { lender, made } = lab(2);
    let together = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++together);
      await new Promise((resolve) => setTimeout(resolve, 2));
      together--;
    };
    await Promise.all(Array.from({ length: 9 }, () => lender.lend(never, work)));
    expect(most).toBe(2);
    expect(made).toHaveLength(2);
    expect(made.every(({ alive, resting }) => alive && resting)).toBe(true);
    expect(lender.busy).toBe(0);
  });

  it('ends a helper whose work failed or was given up, and lends a new one next', async () => {
    const { lender, made } = lab();
    await expect(lender.lend(never, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    const given = new AbortController();
    const work = lender.lend(
      given.signal,
      () => new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 5)),
    );
    given.abort(new Error('given up'));
    await expect(work).rejects.toThrow();
    expect(made.map(({ alive }) => alive)).toEqual([false, false]);
    expect(await lender.lend(never, async (helper) => helper.alive)).toBe(true);
  });

  it('lets go of those who give up while they wait, without losing a turn', async () => {
    const { lender } = lab();
    let end = () => {};
    const first = lender.lend(never, () => new Promise<void>((resolve) => (end = resolve)));
    const given = new AbortController();
    const second = lender.lend(given.signal, async () => 'second');
    const third = lender.lend(never, async () => 'third');
    given.abort(new Error('given up'));
    await expect(second).rejects.toThrow('given up');
    end();
    await first;
    expect(await third).toBe('third');
  });
});
