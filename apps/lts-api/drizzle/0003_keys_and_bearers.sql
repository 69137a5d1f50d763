CREATE TABLE "bearers" (
	"bearer_hash" text PRIMARY KEY NOT NULL,
	"key_hash" text NOT NULL,
	"until_ms" bigint NOT NULL,
	"sealed" text
);
--> statement-breakpoint
CREATE INDEX "bearers_key_hash_index" ON "bearers" USING btree ("key_hash");--> statement-breakpoint
CREATE INDEX "pits_in_team_id_index" ON "pits_in" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "strategy_pits_karts_pit_in_id_index" ON "strategy_pits_karts" USING btree ("pit_in_id");--> statement-breakpoint
CREATE INDEX "pits_out_competition_id_index" ON "pits_out" USING btree ("competition_id");--> statement-breakpoint
CREATE INDEX "pits_out_team_id_index" ON "pits_out" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "strategy_pits_stats_pit_in_id_index" ON "strategy_pits_stats" USING btree ("pit_in_id");--> statement-breakpoint
DELETE FROM "api_auth" WHERE "name" = 'pipeline' AND "role" = 'batch';--> statement-breakpoint
UPDATE "api_auth" SET "name" = 'first admin' WHERE "name" = 'admin' AND "role" = 'admin';
