-- A line of a JSON list may have many of its rows: what was left out of one is named by its number in the list.
ALTER TABLE "dataset_issues" ADD COLUMN "element" INTEGER;
