import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchJob, makeJobLab, rowOf, startFake } from '@/testing/jobs/job-lab';
import { startJobPoller } from './job-poller';

let quick: Awaited<ReturnType<typeof startFake>>;
let silent: Awaited<ReturnType<typeof startFake>>;
beforeAll(async () => {
  [quick, silent] = await Promise.all([startFake(), startFake()]);
});
afterAll(() => Promise.all([quick.close(), silent.close()]));

it('keeps polling one provider every second while another one does not answer', async () => {
  const [lab, other] = [await makeJobLab(quick), await makeJobLab(silent)];
  const launched = async (it: typeof lab) => {
    const { id } = await it.jobs.submit(it.actor, it.input());
    await launchJob(it.jobs, id);
    return id;
  };
  await launched(other);
  const id = await launched(lab);
  silent.faults.always('jobs.list', { kind: 'hang', when: 'before' });
  const stop = new AbortController();
  const viewer = lab.jobs.watch(lab.actor, id, 0, stop.signal);
  await viewer.next();
  const polling = startJobPoller(lab.jobs, stop.signal);
  // The silent one holds its poll for two seconds, again and again.
  const waits: number[] = [];
  for (let turn = 0; turn < 3; turn++) {
    quick.state.advance(1);
    const word = `turn ${turn}`;
    quick.state.say(quick.state.job((await rowOf(id)).providerJobId ?? ''), word);
    const since = Date.now();
    await expect
      .poll(async () => (await lab.jobs.events(lab.actor, { id, limit: 200 })).items.map(({ message }) => message), {
        timeout: 4000,
        interval: 50,
      })
      .toContain(word);
    waits.push(Date.now() - since);
  }
  stop.abort();
  await polling;
  expect(Math.max(...waits)).toBeLessThan(1900);
});
