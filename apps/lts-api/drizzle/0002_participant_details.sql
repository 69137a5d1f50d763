ALTER TABLE "teams" ADD COLUMN "category" text;--> statement-breakpoint
ALTER TABLE "teams" ADD COLUMN "nationality" text;