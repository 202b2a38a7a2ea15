-- Quality signals that people have switched off for a dataset, as the bits they have in the column `flags` of a row.
ALTER TABLE "fine_tuning_datasets" ADD COLUMN "signals_off" INTEGER NOT NULL DEFAULT 0;
