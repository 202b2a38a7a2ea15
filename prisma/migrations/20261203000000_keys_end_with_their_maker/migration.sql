-- A key acts for the person who made it, and ends with their membership (decision 019).
ALTER TABLE "api_keys" ADD COLUMN "maker_left" BOOLEAN NOT NULL DEFAULT false;

-- A key that was made with another key had no maker. The audit log knows whose key it was, and whose that one.
WITH RECURSIVE made AS (
  SELECT subject_id::uuid AS key_id, actor_id AS with_key_id
  FROM "audit_log" WHERE action = 'api_key.created' AND actor_kind = 'api_key' AND subject_id IS NOT NULL
), line AS (
  SELECT made.key_id, k.id AS with_key_id, k.created_by_id FROM made JOIN "api_keys" k ON k.id = made.with_key_id
  UNION
  SELECT line.key_id, k.id, k.created_by_id
  FROM line JOIN made ON made.key_id = line.with_key_id JOIN "api_keys" k ON k.id = made.with_key_id
)
UPDATE "api_keys" k SET created_by_id = line.created_by_id
FROM line WHERE k.id = line.key_id AND k.created_by_id IS NULL AND line.created_by_id IS NOT NULL;

-- What former members left behind ends now, for good, and the audit log says so.
WITH ended AS (
  UPDATE "api_keys" k SET revoked_at = now(), maker_left = true
  WHERE k.revoked_at IS NULL AND k.created_by_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM "memberships" m WHERE m.workspace_id = k.workspace_id AND m.user_id = k.created_by_id)
  RETURNING k.id, k.workspace_id, k.name
)
INSERT INTO "audit_log" (workspace_id, actor_kind, actor_label, action, subject, subject_id, details)
SELECT workspace_id, 'system', 'Tuneloop', 'api_key.revoked', 'api_key', id::text,
  jsonb_build_object('name', name, 'because', 'member.removed')
FROM ended;
