-- All rows of a JSON list may stand on one line, so the number that is told of each is its number in the list. Versions from
-- before have the line, and keep it.
ALTER TABLE "dataset_versions" ADD COLUMN "rows_numbered" BOOLEAN NOT NULL DEFAULT false;
