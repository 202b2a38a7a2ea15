-- A row's id carries its place in the file, so that one B-tree both keeps the order of all lists and finds a row by its id:
-- UUID version 8 (RFC 9562, 5.8), 48 bits of place and the rest chance. See docs/decisions/.
CREATE FUNCTION "example_id"("ordinal" BIGINT) RETURNS UUID LANGUAGE sql VOLATILE PARALLEL SAFE
  RETURN (lpad(to_hex("ordinal"), 12, '0') || '8' || substr(gen_random_uuid()::text, 16))::uuid;

-- Rows that are there keep the chance of their old ids; only the proofs of models name rows besides.
UPDATE "fine_tuned_models" m SET "proof" = jsonb_set(m."proof", '{rows}', (
    SELECT coalesce(jsonb_agg(CASE WHEN e."id" IS NULL THEN r.row ELSE r.row || jsonb_build_object('exampleId',
        (lpad(to_hex(e."ordinal"), 12, '0') || '8' || substr(e."id"::text, 16))::uuid) END ORDER BY r.place), '[]')
    FROM jsonb_array_elements(m."proof" -> 'rows') WITH ORDINALITY AS r(row, place)
    LEFT JOIN "training_examples" e ON e."id" = CASE WHEN pg_input_is_valid(r.row ->> 'exampleId', 'uuid')
      THEN (r.row ->> 'exampleId')::uuid END))
  WHERE jsonb_typeof(m."proof" -> 'rows') = 'array';
ALTER TABLE "training_examples" DROP CONSTRAINT "training_examples_pkey";
DROP INDEX "training_examples_dataset_id_ordinal_idx";
ALTER TABLE "training_examples"
  ALTER COLUMN "id" DROP DEFAULT,
  ALTER COLUMN "id" TYPE UUID USING (lpad(to_hex("ordinal"), 12, '0') || '8' || substr("id"::text, 16))::uuid,
  ADD CONSTRAINT "training_examples_pkey" PRIMARY KEY ("dataset_id", "ordinal", "id");

-- What was remembered of a look at the rows names them too; the next look makes it anew.
UPDATE "dataset_versions" SET "analysis" = NULL WHERE "analysis" IS NOT NULL;

-- The index over rows now says which rows of a block have a word. Versions without one are looked through as they are;
-- checking their file again writes it.
TRUNCATE "example_words";
