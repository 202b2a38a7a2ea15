import type { Actor } from '@/lib/actor';
import type { Page } from '@/lib/keyset';
import type {
  JobDetail,
  JobEvent,
  JobEventListInput,
  JobListInput,
  JobPlan,
  JobPlanInput,
  JobSubmitInput,
  JobSummary,
  JobUpdate,
  JobUpdateInput,
  MetricPoint,
} from '../job.schema';

export interface JobService {
  list(actor: Actor, input: JobListInput): Promise<Page<JobSummary>>;
  get(actor: Actor, id: string): Promise<JobDetail>;
  /** What a launch would do and cost. Changes nothing, asks no provider. */
  plan(actor: Actor, input: JobPlanInput): Promise<JobPlan>;
  /**
   * Job, hold and outbox row in one transaction. The same requestId again gives the same job.
   * @throws conflict `jobs.plan_changed`; precondition_failed `jobs.blocked`; invalid_input `jobs.cap_needed`;
   *   budget_exceeded `budgets.cap_reached`
   */
  submit(actor: Actor, input: JobSubmitInput): Promise<JobSummary>;
  update(actor: Actor, input: JobUpdateInput): Promise<JobDetail>;
  /** Honoured in every phase. If the run ended first, the end wins. */
  cancel(actor: Actor, id: string, reason?: string): Promise<JobDetail>;
  /** For a job in `unknown`: look at the provider again and adopt what is found, or (by a person's word) launch anew. */
  resolveUnknown(actor: Actor, id: string, decision: 'look_again' | 'launch_again' | 'give_up'): Promise<JobDetail>;
  /** Only ended jobs without a model. @throws conflict `jobs.not_deletable` */
  delete(actor: Actor, id: string): Promise<void>;
  events(actor: Actor, input: JobEventListInput): Promise<Page<JobEvent>>;
  /** Points for a chart; more than `max` are thinned, first and last and extremes kept. */
  metrics(actor: Actor, id: string, max?: number): Promise<MetricPoint[]>;
  /** Attaches first, then reads after the cursor: nothing is lost or repeated, whatever restarts. */
  watch(actor: Actor, id: string, afterSeq: number, signal: AbortSignal): AsyncIterable<JobUpdate>;

  /** Durable steps of `run-job`; each is idempotent by job id. */
  prepare(jobId: string): Promise<{ status: string }>;
  launch(jobId: string): Promise<{ status: string }>;
  settle(jobId: string): Promise<{ status: string; modelId: string | null }>;
  evaluate(jobId: string): Promise<{ exactMatch: { base: number | null; tuned: number | null } }>;
  /** What the function decides its next step by. */
  state(jobId: string): Promise<{ status: string; settled: boolean; modelId: string | null; proven: boolean }>;
  fail(jobId: string, error: { reason: string; message: string }): Promise<void>;

  /** Reads what is new of every due job of one connection, with one list call; stores events and metrics. */
  pollConnection(connectionId: string, owner: string): Promise<{ polled: number }>;
  /** Connections with open jobs whose next poll is due. */
  dueConnections(now: Date): Promise<string[]>;
  reconcile(): Promise<{ restarted: number; settled: number; stray: number }>;
  counts(workspaceId: string): Promise<{ active: number; total: number }>;
}
