import { decodeCursor, type Page, toPage } from '@/lib/keyset';
import type { Core } from './core';
import type { EngineEvent, Json } from './protocol';
import type { RunStatus } from './run.store';

export interface RunSummary {
  id: string;
  functionId: string;
  /** Null when no function of this id is in the code of this process: the run waits for one that knows it. */
  functionName: string | null;
  status: RunStatus;
  eventName: string;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  error: Json;
}

export interface RunStep {
  id: string;
  name: string | null;
  op: string;
  status: 'pending' | 'done' | 'error';
  data: Json;
  error: Json;
  createdAt: Date;
  endedAt: Date | null;
  /** What a pending step waits for. */
  waitingFor: string | null;
  wakesAt: Date | null;
}

export interface RunDetails extends RunSummary {
  event: EngineEvent;
  output: Json;
  parentRunId: string | null;
  /** Attempt (from 0) and time of the next or current call; null when none is planned. */
  nextCall: { attempt: number; at: Date; running: boolean } | null;
  steps: RunStep[];
}

export interface EngineStats {
  runs: Record<RunStatus, number>;
  /** Calls that are due or running, and everything planned for later. */
  queue: { due: number; running: number; later: number };
  waits: number;
  events24h: number;
  oldestDueMs: number | null;
}

const SUMMARY = `id, fn_id as "functionId", status, event_name as "eventName", created_at as "createdAt",
  started_at as "startedAt", ended_at as "endedAt", error`;

export interface RunFilter {
  status?: RunStatus | undefined;
  functionId?: string | undefined;
  cursor?: string | null | undefined;
  limit: number;
  visibleTo?: Viewer | undefined;
}

/** Sees runs whose event carries this value in this field of its data, and runs whose event has no such field. */
export interface Viewer {
  field: string;
  value: string;
}

/** The failure of a run is an event around the run's own event. */
const OWNER = (field: string) => `coalesce(event->'data'->>${field}, event->'data'->'event'->'data'->>${field})`;

/** Newest first. */
export async function listRuns(core: Core, filter: RunFilter): Promise<Page<RunSummary>> {
  const [before] = decodeCursor(filter.cursor) ?? [];
  const limit = Math.min(Math.max(filter.limit, 1), 200);
  const rows = await core.database.query<Omit<RunSummary, 'functionName'>>(
    `select ${SUMMARY} from ${core.s}.runs
     where ($1::text is null or status = $1) and ($2::text is null or fn_id = $2) and ($3::text is null or id < $3)
       and ($5::text is null or coalesce(${OWNER('$5::text')}, $6) = $6)
     order by id desc limit $4`,
    [
      ...[filter.status ?? null, filter.functionId ?? null, before ?? null, limit + 1],
      ...[filter.visibleTo?.field ?? null, filter.visibleTo?.value ?? null],
    ],
  );
  const named = rows.map((row) => ({ ...row, functionName: core.functions().get(row.functionId)?.name ?? null }));
  return toPage(named, limit, (row) => [row.id]);
}

export async function getRun(core: Core, id: string, viewer?: Viewer): Promise<RunDetails | null> {
  const [run] = await core.database.query<Omit<RunDetails, 'functionName' | 'steps' | 'nextCall'>>(
    `select ${SUMMARY}, event, output, parent_run as "parentRunId" from ${core.s}.runs
     where id = $1 and ($2::text is null or coalesce(${OWNER('$2::text')}, $3) = $3)`,
    [id, viewer?.field ?? null, viewer?.value ?? null],
  );
  if (!run) return null;
  const steps = await core.database.query<RunStep>(
    `select s.id, s.name, s.op, s.status, s.data, s.error, s.created_at as "createdAt", s.ended_at as "endedAt",
       w.name as "waitingFor",
       (select min(run_at) from ${core.s}.queue q where q.run_id = s.run_id and q.step_id = s.id) as "wakesAt"
     from ${core.s}.steps s left join ${core.s}.waits w on w.run_id = s.run_id and w.step_id = s.id
     where s.run_id = $1 order by s.seq nulls last, s.created_at`,
    [id],
  );
  const [nextCall] = await core.database.query<{ attempt: number; at: Date; running: boolean }>(
    `select attempt, run_at as at, locked_by is not null as running from ${core.s}.queue
     where run_id = $1 and kind = 'call' order by run_at limit 1`,
    [id],
  );
  const functionName = core.functions().get(run.functionId)?.name ?? null;
  return { ...run, functionName, nextCall: nextCall ?? null, steps };
}

/** Counts over everything kept (30 days unless configured otherwise). */
export async function stats(core: Core): Promise<EngineStats> {
  const runs: EngineStats['runs'] = { queued: 0, running: 0, completed: 0, failed: 0, cancelled: 0 };
  const counted = await core.database.query<{ status: RunStatus; n: number }>(
    `select status, count(*)::int as n from ${core.s}.runs group by status`,
    [],
  );
  for (const row of counted) runs[row.status] = row.n;
  const [row] = await core.database.query<Omit<EngineStats, 'runs' | 'queue'> & EngineStats['queue']>(
    `select count(*) filter (where kind = 'call' and locked_by is null and run_at <= now())::int as due,
       count(*) filter (where locked_by is not null)::int as running,
       count(*) filter (where locked_by is null and run_at > now())::int as later,
       (select count(*)::int from ${core.s}.waits) as waits,
       (select count(*)::int from ${core.s}.events where received_at > now() - interval '1 day') as "events24h",
       (extract(epoch from now() - min(run_at) filter (where kind = 'call' and locked_by is null and run_at <= now()))
         * 1000)::float8 as "oldestDueMs"
     from ${core.s}.queue`,
    [],
  );
  return {
    runs,
    queue: { due: row?.due ?? 0, running: row?.running ?? 0, later: row?.later ?? 0 },
    waits: row?.waits ?? 0,
    events24h: row?.events24h ?? 0,
    oldestDueMs: row?.oldestDueMs ?? null,
  };
}
