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

-- Which words, flags, splits and other marks stand in which block of rows: inverted lists, packed by the import's worker.
-- Pages are read whole and never searched by the database, so compressing them would only cost. See docs/decisions/.
CREATE TABLE "example_words" (
    "dataset_id" UUID NOT NULL,
    "from_version" INTEGER NOT NULL,
    "segment" INTEGER NOT NULL,
    "page" INTEGER NOT NULL,
    "body" BYTEA NOT NULL,

    CONSTRAINT "example_words_pkey" PRIMARY KEY ("dataset_id", "from_version", "page", "segment")
);
ALTER TABLE "example_words" ALTER COLUMN "body" SET STORAGE EXTERNAL;

-- Content hashes are as good as random: an index over all of them cost an import as much as storing the rows. Held-out
-- examples are taken in the order of their hash; who looks for equal rows elsewhere goes through example_words.
DROP INDEX "training_examples_dataset_id_content_hash_idx";
CREATE INDEX "training_examples_holdout_idx" ON "training_examples" ("dataset_id", "content_hash") WHERE "split" = 2;
