-- Versions that come from a change instead of a file, files of other formats, and what is remembered of a look at the rows.
ALTER TABLE "dataset_versions"
  ADD COLUMN "split_plan" JSONB,
  ADD COLUMN "format" JSONB,
  ADD COLUMN "change" JSONB,
  ADD COLUMN "aggregates" JSONB,
  ADD COLUMN "analysis" JSONB;

-- Rows that a version closed: few, so the index costs an import nothing. What a version added lies together on disk,
-- because rows arrive version by version; a block range index finds it at the price of some kilobytes.
CREATE INDEX "training_examples_closed_idx" ON "training_examples" ("dataset_id", "to_version") WHERE "to_version" IS NOT NULL;
CREATE INDEX "training_examples_added_idx" ON "training_examples" USING brin ("dataset_id", "from_version") WITH (pages_per_range = 32);
