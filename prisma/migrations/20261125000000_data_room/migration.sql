-- Versions that come from a change instead of a file, files of other formats, and what is remembered of a look at the rows.
ALTER TABLE "dataset_versions"
  ADD COLUMN "split_plan" JSONB,
  ADD COLUMN "format" JSONB,
  ADD COLUMN "change" JSONB,
  ADD COLUMN "aggregates" JSONB,
  ADD COLUMN "analysis" JSONB;

-- Rows that a version closed, and rows that came after the first version: few where versions come from changes, and next to
-- each other in the index, so that a full upload costs some 7 bytes for each row. (A block range index would be smaller
-- still, but it knows nothing of new rows until the next vacuum.)
CREATE INDEX "training_examples_closed_idx" ON "training_examples" ("dataset_id", "to_version") WHERE "to_version" IS NOT NULL;
CREATE INDEX "training_examples_added_idx" ON "training_examples" ("dataset_id", "from_version") WHERE "from_version" > 1;
