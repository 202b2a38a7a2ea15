/** Columns of user data are json, not jsonb: jsonb refuses \u0000 and reorders keys. */
const initial = (s: string) => `
create table ${s}.events (
  id text primary key,
  name text not null,
  payload json not null,
  received_at timestamptz not null default clock_timestamp()
);
create index events_by_name on ${s}.events (name, received_at);
create index events_by_time on ${s}.events (received_at);

create table ${s}.runs (
  id text primary key,
  fn_id text not null,
  status text not null check (status in ('queued', 'running', 'completed', 'failed', 'cancelled')),
  event json not null,
  event_name text not null,
  conc1 text, limit1 int, conc2 text, limit2 int,
  parent_run text, parent_step text,
  output json, error json,
  created_at timestamptz not null default clock_timestamp(),
  started_at timestamptz, ended_at timestamptz
);
create index runs_active on ${s}.runs (fn_id) where status in ('queued', 'running');
create index runs_by_status on ${s}.runs (status, id desc);
create index runs_by_function on ${s}.runs (fn_id, id desc);
create index runs_ended on ${s}.runs (ended_at) where ended_at is not null;

-- One run per function and event id, idempotency key or cron tick, for 24 hours.
create table ${s}.run_keys (
  fn_id text not null, key text not null, run_id text not null, expires_at timestamptz not null,
  primary key (fn_id, key)
);
create index run_keys_expiry on ${s}.run_keys (expires_at);

create sequence ${s}.step_order;
create table ${s}.steps (
  run_id text not null references ${s}.runs on delete cascade,
  id text not null,
  op text not null,
  name text,
  status text not null check (status in ('pending', 'done', 'error')),
  data json, error json,
  -- Order of completion, which the SDK needs to replay parallel steps.
  seq bigint,
  created_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  primary key (run_id, id)
);

create table ${s}.waits (
  run_id text not null references ${s}.runs on delete cascade,
  step_id text not null,
  name text not null,
  condition text,
  primary key (run_id, step_id)
);
create index waits_by_name on ${s}.waits (name);

create table ${s}.queue (
  id bigint generated always as identity primary key,
  run_id text not null references ${s}.runs on delete cascade,
  fn_id text not null,
  kind text not null check (kind in ('call', 'timer', 'invoke_timeout', 'start_timeout', 'finish_timeout')),
  step_id text,
  attempt int not null default 0,
  crashes int not null default 0,
  run_at timestamptz not null default clock_timestamp(),
  conc1 text, limit1 int, conc2 text, limit2 int,
  locked_by int, token uuid, claimed_at timestamptz
);
create index queue_due on ${s}.queue (run_at) where locked_by is null;
create index queue_of_run on ${s}.queue (run_id);
create index queue_locked on ${s}.queue (locked_by) where locked_by is not null;
alter table ${s}.queue set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

create sequence ${s}.worker_numbers as int cycle;
`;

/** Statements of version n+1, each run once, in order. `s` is the quoted schema name. */
export const migrations: readonly ((s: string) => string)[] = [initial];
