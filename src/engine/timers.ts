import { engineError } from './answer';
import type { Core } from './core';
import type { DueTimer } from './queue.store';
import { isActive } from './run.store';

/** Fires one due timer. Several processes may try: the first one that has the run's lock finds the item. */
export async function fireTimer(core: Core, timer: DueTimer): Promise<void> {
  await core.database.transaction(async (tx) => {
    const [run] = await core.runs.lock(tx, [timer.runId]);
    const gone = await tx.query(`delete from ${core.s}.queue where id = $1 returning 1`, [timer.id]);
    if (gone.length === 0 || !run || !isActive(run.status)) return;
    switch (timer.kind) {
      case 'call':
        break;
      case 'timer':
        if (timer.stepId && (await core.runs.resolveStep(tx, run.id, timer.stepId, { data: null })))
          await core.runs.advance(tx, run.id);
        break;
      case 'invoke_timeout': {
        const text = 'Timed out waiting for invoked function to complete';
        const value = { error: engineError('InngestInvokeTimeoutError', text) };
        if (timer.stepId && (await core.runs.resolveStep(tx, run.id, timer.stepId, value)))
          await core.runs.advance(tx, run.id);
        break;
      }
      case 'start_timeout':
        if (run.status === 'queued') await core.endRun(tx, run, { status: 'cancelled' });
        break;
      case 'finish_timeout':
        await core.endRun(tx, run, { status: 'cancelled' });
        break;
    }
  });
}
