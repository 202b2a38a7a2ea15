-- What must hold whatever the code does. Prisma's schema cannot say these, so they stand here.

-- The ledger is append-only: a correction is a new entry.
CREATE FUNCTION forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: write a new entry instead of changing one', TG_TABLE_NAME;
END;
$$;
CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE ON ledger_entries
  FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER ledger_entries_no_truncate BEFORE TRUNCATE ON ledger_entries
  FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
ALTER TABLE ledger_entries ADD CONSTRAINT ledger_entries_kind CHECK (kind IN ('hold', 'release', 'charge', 'refund'));
ALTER TABLE ledger_entries ADD CONSTRAINT ledger_entries_sign CHECK (
  (kind IN ('hold', 'charge') AND amount_nano_usd >= 0) OR (kind IN ('release', 'refund') AND amount_nano_usd <= 0)
);

-- One active release per agent.
CREATE UNIQUE INDEX agent_releases_one_active ON agent_releases (agent_id) WHERE active;

-- A slug is taken only while its owner is there.
CREATE UNIQUE INDEX agents_slug ON agents (workspace_id, slug) WHERE deleted_at IS NULL;

-- A curated price has no workspace; two of them for one thing would be a coin toss.
DROP INDEX prices_key;
CREATE UNIQUE INDEX prices_key ON prices (workspace_id, provider, model, unit) NULLS NOT DISTINCT;

-- Closed lists of states: a typo in code must not become a state.
ALTER TABLE fine_tuning_jobs ADD CONSTRAINT fine_tuning_jobs_status CHECK (status IN (
  'draft', 'queued', 'preparing', 'launching', 'unknown', 'running', 'paused', 'cancelling', 'succeeded', 'failed', 'cancelled'));
ALTER TABLE launch_attempts ADD CONSTRAINT launch_attempts_outcome CHECK (outcome IN (
  'intended', 'accepted', 'rejected', 'unknown', 'adopted'));
ALTER TABLE dataset_versions ADD CONSTRAINT dataset_versions_status CHECK (status IN (
  'pending', 'importing', 'ready', 'failed', 'cancelled'));
ALTER TABLE memberships ADD CONSTRAINT memberships_role CHECK (role IN ('owner', 'admin', 'member', 'viewer'));
ALTER TABLE budgets ADD CONSTRAINT budgets_limit CHECK (limit_nano_usd >= 0);
ALTER TABLE budgets ADD CONSTRAINT budgets_words CHECK (
  scope IN ('workspace', 'connection', 'agent') AND (scope = 'workspace') = (scope_id IS NULL)
  AND period IN ('month', 'total') AND on_breach IN ('block', 'cancel', 'warn')
);
ALTER TABLE prices ADD CONSTRAINT prices_not_negative CHECK (nano_usd_per_unit >= 0);

-- Balances are sums, read before every paid launch and call: each is one range of an index that holds all it needs.
CREATE INDEX ledger_entries_spent ON ledger_entries (workspace_id, created_at)
  INCLUDE (amount_nano_usd, connection_id, agent_id) WHERE kind IN ('charge', 'refund');
CREATE INDEX ledger_entries_held ON ledger_entries (workspace_id)
  INCLUDE (amount_nano_usd, connection_id, agent_id) WHERE kind IN ('hold', 'release');

-- Jobs that somebody must still look after, and nothing else.
CREATE INDEX fine_tuning_jobs_open ON fine_tuning_jobs (connection_id, next_poll_at)
  WHERE status NOT IN ('draft', 'succeeded', 'failed', 'cancelled');
