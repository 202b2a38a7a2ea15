// A process of the crash tests: an Inngest app with an engine, told by its parent what to send. It gets killed.
import pg from 'pg';
import { createLab } from './lab.functions';

const connectionString = process.env.CRASH_DATABASE_URL ?? '';
const pool = new pg.Pool({ connectionString, max: 4 });
pool.on('error', () => {});
const lab = createLab('crash');

/**
 * A side effect everybody can count, with the moment the step began: the insert of a process killed meanwhile may still
 * sit in a socket and be carried out later.
 */
const effect = async (runId: string, run: string, step: string) => {
  const values = [runId, run, step, new Date()];
  await pool.query('insert into effects (run_id, run, step, began_at) values ($1, $2, $3, $4)', values);
};
const done = async (run: string, step: string) =>
  (await pool.query('select 1 from effects where run = $1 and step = $2 limit 1', [run, step])).rows.length > 0;

lab.fn(
  { id: 'main', retries: 20, concurrency: [{ limit: 6, key: 'event.data.group' }] },
  async ({ event, step, runId }) => {
    const run: string = event.data.run;
    await step.run('first', () => effect(runId, run, 'first'));
    await step.sleep('nap', '1s');
    await Promise.all(['left', 'right'].map((side) => step.run(side, () => effect(runId, run, side))));
    await step.sendEvent('ask', { name: 'c/helper', data: { run } });
    // Never trust an event alone: look, then wait for the wake-up, then look again.
    for (let round = 0; round < 50; round++) {
      if (await step.run(`look-${round}`, () => done(run, 'helped'))) break;
      await step.waitForEvent(`told-${round}`, { event: 'c/helped', match: 'data.run', timeout: '2s' });
    }
    await step.run('last', () => effect(runId, run, 'last'));
  },
);

lab.fn({ id: 'helper', retries: 20 }, async ({ event, step, runId }) => {
  const run: string = event.data.run;
  await step.run('helped', () => effect(runId, run, 'helped'));
  await step.sendEvent('tell', { name: 'c/helped', data: { run } });
});

lab.fn(
  { id: 'deadly', retries: 0, onFailure: async ({ runId }) => effect(runId, 'deadly', 'failed') },
  async ({ step, runId }) => {
    await step.run('die', async () => {
      await effect(runId, 'deadly', 'died');
      process.kill(process.pid, 'SIGKILL');
    });
  },
);

await lab.start({ connectionString, pollMs: 1000 });
process.on('message', (events: { id: string; name: string; data: object }[]) => {
  lab.client.send(events).then(
    () => process.send?.({ sent: events.map((event) => event.id) }),
    () => process.send?.({ sent: [] }),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
