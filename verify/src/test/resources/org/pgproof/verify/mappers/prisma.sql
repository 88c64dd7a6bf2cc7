-- Prisma migrate: quoted CamelCase names, enums, TIMESTAMP(3), implicit many-to-many tables, relations added at the end.

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN', 'Super User');
-- CreateEnum
CREATE TYPE "enum" AS ENUM ('A', 'B', 'a', 'Ä');
-- CreateTable
CREATE TABLE "_prisma_migrations" ("id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ, "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ, "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0);
-- CreateTable
CREATE TABLE "User" (
    "id" SERIAL NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "email" TEXT NOT NULL,
    "role" "Role" NOT NULL DEFAULT 'USER',
    "roles" "Role"[] DEFAULT ARRAY['USER', 'ADMIN']::"Role"[],
    "letters" "enum"[],
    "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "flags" INTEGER[] DEFAULT ARRAY[1, 2]::INTEGER[],
    "profile" JSONB DEFAULT '{"it''s": "\"x\""}',
    "balance" DECIMAL(65,30) NOT NULL DEFAULT 0,
    "big" BIGINT,
    "ratio" DOUBLE PRECISION NOT NULL DEFAULT 1.5,
    "picture" BYTEA,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);
-- CreateTable
CREATE TABLE "Post" (
    "id" TEXT NOT NULL,
    "title" VARCHAR(255) NOT NULL,
    "content" TEXT,
    "published" BOOLEAN NOT NULL DEFAULT false,
    "authorId" INTEGER,
    "order" INTEGER NOT NULL,
    "from" TIMESTAMP(3),

    CONSTRAINT "Post_pkey" PRIMARY KEY ("id")
);
-- CreateTable
CREATE TABLE "legacy table" ("Weird Column" TEXT NOT NULL, "sel""ect" INTEGER, "табл" TEXT, "$dollar" TEXT, "a.b" TEXT, CONSTRAINT "legacy table_pkey" PRIMARY KEY ("Weird Column"));
-- CreateTable
CREATE TABLE "_PostToTag" ("A" TEXT NOT NULL, "B" INTEGER NOT NULL);
-- CreateTable
CREATE TABLE "Tag" ("id" SERIAL NOT NULL, "name" TEXT NOT NULL, CONSTRAINT "Tag_pkey" PRIMARY KEY ("id"));
-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");
-- CreateIndex
CREATE INDEX "Post_authorId_published_idx" ON "Post"("authorId", "published" DESC);
-- CreateIndex
CREATE UNIQUE INDEX "_PostToTag_AB_unique" ON "_PostToTag"("A", "B");
-- CreateIndex
CREATE INDEX "_PostToTag_B_index" ON "_PostToTag"("B");
-- CreateIndex
CREATE INDEX "Post_title_idx" ON "Post" USING HASH ("title");
-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_A_fkey" FOREIGN KEY ("A") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_B_fkey" FOREIGN KEY ("B") REFERENCES "Tag"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- AlterEnum: Prisma makes a new type and casts every column to it
BEGIN;
CREATE TYPE "Role_new" AS ENUM ('USER', 'ADMIN', 'Super User', 'Guest');
ALTER TABLE "User" ALTER COLUMN "role" DROP DEFAULT;
ALTER TABLE "User" ALTER COLUMN "roles" DROP DEFAULT;
ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
ALTER TABLE "User" ALTER COLUMN "roles" TYPE "Role_new"[] USING ("roles"::text::"Role_new"[]);
ALTER TYPE "Role" RENAME TO "Role_old";
ALTER TYPE "Role_new" RENAME TO "Role";
DROP TYPE "Role_old";
ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'USER';
ALTER TABLE "User" ALTER COLUMN "roles" SET DEFAULT ARRAY['USER', 'ADMIN']::"Role"[];
COMMIT;
-- Hand-written in a migration
ALTER TABLE "User" ADD CONSTRAINT "role_check" CHECK ("role" IN ('USER', 'ADMIN', 'Guest'));
ALTER TABLE "Post" ADD CONSTRAINT "Post_order_check" CHECK ("order" BETWEEN 0 AND 100000 AND "title" NOT IN ('', ' '));
ALTER TABLE "User" RENAME CONSTRAINT "User_pkey" TO "user_id_pk";
ALTER INDEX "User_email_key" RENAME TO "UserEmail";

INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "logs") SELECT md5(n::text)::uuid::text, md5(n::text), '2024_init', E'line\nline' FROM generate_series(1, 5) AS n;
INSERT INTO "User" ("updatedAt", "email", "letters", "big", "balance", "picture") SELECT timestamp '2024-01-01 00:00:00.123' + n * interval '1 s', n || '@prisma.io', ARRAY['A','a','Ä']::"enum"[], 9007199254740993, n * 0.000000000000000000000000000001, '\xdeadbeef' FROM generate_series(1, 50) AS n;
INSERT INTO "Post" SELECT 'c' || md5(n::text), 'Title ' || n, CASE WHEN n % 3 = 0 THEN NULL ELSE '\N' END, n % 2 = 0, n, n, NULL FROM generate_series(1, 50) AS n;
INSERT INTO "Tag" ("name") SELECT 'tag' || n FROM generate_series(1, 10) AS n;
INSERT INTO "_PostToTag" SELECT 'c' || md5(n::text), 1 + n % 10 FROM generate_series(1, 50) AS n;
INSERT INTO "legacy table" VALUES ('x', 1, 'ж', '$1', E'\\'), ('', NULL, NULL, '', '');
