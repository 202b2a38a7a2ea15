/** Names of events, as the durable functions listen for them. */
export const JOB_SUBMITTED = 'job/submitted';
export const JOB_SETTLED = 'job/settled';
/** Sent by the budgets when a limit with "cancel" is passed. */
export const BUDGET_BREACHED = 'budget/breached';

/** Wakes every process's poller: somebody looks at a monitor, or a job has just been launched. */
export const POLL_TOPIC = 'jobs:poll';

interface JobRef {
  id: string;
  /** Says on the operators' page whose run this is. */
  workspaceId: string;
}

/** `again` makes an id of its own for an event that is sent once more, for the same generation. */
export const jobSubmitted = ({ id: jobId, workspaceId }: JobRef, generation: number, again?: Date) => ({
  id: `job-${jobId}-start-${generation}${again ? `-again-${again.getTime()}` : ''}`,
  name: JOB_SUBMITTED,
  data: { workspaceId, jobId, generation },
});

/** `what` keeps ids apart: a job can be news more than once (a launch that became known, an end). */
export const jobSettled = ({ id: jobId, workspaceId }: JobRef, what: string) => ({
  id: `job-${jobId}-${what}`,
  name: JOB_SETTLED,
  data: { workspaceId, jobId },
});
