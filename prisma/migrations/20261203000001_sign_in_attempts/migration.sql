-- Passwords tried for one account lately, for all processes together, as the moment at which all of them are forgotten.
CREATE TABLE "sign_in_attempts" (
    "account" TEXT NOT NULL,
    "free_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_attempts_pkey" PRIMARY KEY ("account")
);
