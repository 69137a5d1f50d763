CREATE TABLE "api_auth" (
	"id" serial PRIMARY KEY NOT NULL,
	"key_hash" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"insert_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	"update_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	CONSTRAINT "api_auth_keyHash_unique" UNIQUE("key_hash")
);
--> statement-breakpoint
CREATE TABLE "competitions" (
	"id" serial PRIMARY KEY NOT NULL,
	"track_id" integer NOT NULL,
	"competition_code" text NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"session" integer DEFAULT 0 NOT NULL,
	"change" bigint DEFAULT 0 NOT NULL,
	"insert_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	"update_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	CONSTRAINT "competitions_competitionCode_unique" UNIQUE("competition_code"),
	CONSTRAINT "competitions_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "drivers" (
	"id" serial PRIMARY KEY NOT NULL,
	"competition_id" integer NOT NULL,
	"team_id" integer,
	"participant_code" text NOT NULL,
	"name" text NOT NULL,
	"number" integer,
	"total_driving_time" integer DEFAULT 0 NOT NULL,
	"partial_driving_time" integer DEFAULT 0 NOT NULL,
	"insert_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	"update_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	CONSTRAINT "drivers_teamId_name_unique" UNIQUE("team_id","name")
);
--> statement-breakpoint
CREATE TABLE "laps" (
	"competition_id" integer NOT NULL,
	"session" integer NOT NULL,
	"team_id" integer NOT NULL,
	"ordinal" integer NOT NULL,
	"lap" integer NOT NULL,
	"lap_time" integer,
	"driver_name" text,
	"at_ms" bigint NOT NULL,
	"sectors" jsonb NOT NULL,
	"in_lap" boolean NOT NULL,
	"out_lap" boolean NOT NULL,
	"valid" boolean NOT NULL,
	"reason" text,
	CONSTRAINT "laps_competition_id_session_team_id_ordinal_pk" PRIMARY KEY("competition_id","session","team_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"competition_id" integer NOT NULL,
	"session" integer NOT NULL,
	"action" text NOT NULL,
	"at_ms" bigint NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"number_text" text,
	"clock" text,
	"channel" text NOT NULL,
	CONSTRAINT "messages_competition_id_action_pk" PRIMARY KEY("competition_id","action")
);
--> statement-breakpoint
CREATE TABLE "metadata_current" (
	"competition_id" integer PRIMARY KEY NOT NULL,
	"status" text NOT NULL,
	"stage" text NOT NULL,
	"stage_text" text DEFAULT '' NOT NULL,
	"remaining_length" integer NOT NULL,
	"remaining_length_unit" text NOT NULL,
	"flag" text,
	"flag_text" text DEFAULT '' NOT NULL,
	"insert_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	"update_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL
);
--> statement-breakpoint
CREATE TABLE "metadata_history" (
	"id" serial PRIMARY KEY NOT NULL,
	"competition_id" integer NOT NULL,
	"status" text NOT NULL,
	"stage" text NOT NULL,
	"stage_text" text DEFAULT '' NOT NULL,
	"remaining_length" integer NOT NULL,
	"remaining_length_unit" text NOT NULL,
	"flag" text,
	"flag_text" text DEFAULT '' NOT NULL,
	"at_ms" bigint,
	"insert_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	"update_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL
);
--> statement-breakpoint
CREATE TABLE "parser_settings" (
	"id" serial PRIMARY KEY NOT NULL,
	"competition_id" integer NOT NULL,
	"name" text NOT NULL,
	"value" text NOT NULL,
	"source" text NOT NULL,
	"insert_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	"update_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	CONSTRAINT "parser_settings_competitionId_name_unique" UNIQUE("competition_id","name")
);
--> statement-breakpoint
CREATE TABLE "penalties" (
	"competition_id" integer NOT NULL,
	"session" integer NOT NULL,
	"action" text NOT NULL,
	"team_id" integer,
	"at_ms" bigint NOT NULL,
	"text" text NOT NULL,
	"laps" integer,
	"seconds" double precision,
	CONSTRAINT "penalties_competition_id_action_pk" PRIMARY KEY("competition_id","action")
);
--> statement-breakpoint
CREATE TABLE "pits_in" (
	"id" serial PRIMARY KEY NOT NULL,
	"competition_id" integer NOT NULL,
	"team_id" integer,
	"driver_id" integer,
	"kart_status" text DEFAULT 'unknown' NOT NULL,
	"fixed_kart_status" text,
	"lap" integer NOT NULL,
	"pit_time" integer,
	"session" integer DEFAULT 0 NOT NULL,
	"ordinal" integer,
	"stop" integer,
	"in_at_ms" bigint,
	"source" text DEFAULT 'manual' NOT NULL,
	"valid" boolean DEFAULT true NOT NULL,
	"reason" text,
	"insert_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	"update_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	CONSTRAINT "pits_in_competitionId_session_teamId_ordinal_unique" UNIQUE("competition_id","session","team_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "strategy_pits_karts" (
	"id" serial PRIMARY KEY NOT NULL,
	"competition_id" integer NOT NULL,
	"pit_in_id" integer NOT NULL,
	"step" integer NOT NULL,
	"kart_status" text NOT NULL,
	"probability" double precision NOT NULL,
	"insert_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	"update_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pits_out" (
	"id" serial PRIMARY KEY NOT NULL,
	"competition_id" integer NOT NULL,
	"team_id" integer,
	"driver_id" integer,
	"kart_status" text DEFAULT 'unknown' NOT NULL,
	"fixed_kart_status" text,
	"pit_in_id" integer,
	"out_at_ms" bigint,
	"insert_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	"update_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	CONSTRAINT "pits_out_pitInId_unique" UNIQUE("pit_in_id")
);
--> statement-breakpoint
CREATE TABLE "strategy_pits_stats" (
	"id" serial PRIMARY KEY NOT NULL,
	"pit_in_id" integer NOT NULL,
	"best_time" integer NOT NULL,
	"avg_time" integer NOT NULL,
	"insert_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	"update_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rejected_operations" (
	"competition_id" integer NOT NULL,
	"writer" text NOT NULL,
	"operation" text NOT NULL,
	"index" integer NOT NULL,
	"method" text NOT NULL,
	"path" text NOT NULL,
	"body" jsonb NOT NULL,
	"status_code" integer NOT NULL,
	"message" text NOT NULL,
	CONSTRAINT "rejected_operations_competition_id_writer_operation_index_pk" PRIMARY KEY("competition_id","writer","operation","index")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" serial PRIMARY KEY NOT NULL,
	"competition_id" integer NOT NULL,
	"number" integer NOT NULL,
	"stage" text NOT NULL,
	"stage_text" text NOT NULL,
	"title1" text NOT NULL,
	"title2" text NOT NULL,
	"ranking" text NOT NULL,
	"track" text,
	"insert_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	"update_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	CONSTRAINT "sessions_competitionId_number_unique" UNIQUE("competition_id","number")
);
--> statement-breakpoint
CREATE TABLE "competition_settings" (
	"competition_id" integer PRIMARY KEY NOT NULL,
	"length" integer NOT NULL,
	"length_unit" text NOT NULL,
	"pit_time" integer,
	"min_number_pits" integer DEFAULT 0 NOT NULL,
	"insert_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	"update_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL
);
--> statement-breakpoint
CREATE TABLE "teams" (
	"id" serial PRIMARY KEY NOT NULL,
	"competition_id" integer NOT NULL,
	"participant_code" text NOT NULL,
	"name" text NOT NULL,
	"number" integer,
	"number_text" text DEFAULT '' NOT NULL,
	"name_text" text DEFAULT '' NOT NULL,
	"insert_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	"update_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	CONSTRAINT "teams_competitionId_participantCode_unique" UNIQUE("competition_id","participant_code"),
	CONSTRAINT "teams_competitionId_name_unique" UNIQUE("competition_id","name") DEFERRABLE INITIALLY DEFERRED
);
--> statement-breakpoint
CREATE TABLE "timing_current" (
	"id" serial PRIMARY KEY NOT NULL,
	"competition_id" integer NOT NULL,
	"session" integer DEFAULT 0 NOT NULL,
	"team_id" integer,
	"driver_id" integer,
	"position" integer DEFAULT 0 NOT NULL,
	"last_time" integer DEFAULT 0 NOT NULL,
	"best_time" integer DEFAULT 0 NOT NULL,
	"lap" integer DEFAULT 0 NOT NULL,
	"gap" integer,
	"gap_unit" text,
	"interval" integer,
	"interval_unit" text,
	"stage" text NOT NULL,
	"pit_time" integer,
	"kart_status" text DEFAULT 'unknown' NOT NULL,
	"fixed_kart_status" text,
	"number_pits" integer DEFAULT 0 NOT NULL,
	"state" text DEFAULT 'unknown' NOT NULL,
	"sectors" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"at_ms" bigint,
	"insert_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	"update_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	CONSTRAINT "timing_current_competitionId_teamId_unique" UNIQUE("competition_id","team_id")
);
--> statement-breakpoint
CREATE TABLE "timing_history" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"competition_id" integer NOT NULL,
	"session" integer DEFAULT 0 NOT NULL,
	"team_id" integer,
	"driver_id" integer,
	"position" integer DEFAULT 0 NOT NULL,
	"last_time" integer DEFAULT 0 NOT NULL,
	"best_time" integer DEFAULT 0 NOT NULL,
	"lap" integer DEFAULT 0 NOT NULL,
	"gap" integer,
	"gap_unit" text,
	"interval" integer,
	"interval_unit" text,
	"stage" text NOT NULL,
	"pit_time" integer,
	"kart_status" text DEFAULT 'unknown' NOT NULL,
	"fixed_kart_status" text,
	"number_pits" integer DEFAULT 0 NOT NULL,
	"state" text DEFAULT 'unknown' NOT NULL,
	"sectors" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"at_ms" bigint,
	"insert_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	"update_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tracks" (
	"id" serial PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"insert_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	"update_date" timestamp(0) DEFAULT (now() at time zone 'utc') NOT NULL,
	CONSTRAINT "tracks_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "watermarks" (
	"competition_id" integer NOT NULL,
	"writer" text NOT NULL,
	"frame" text NOT NULL,
	CONSTRAINT "watermarks_competition_id_writer_pk" PRIMARY KEY("competition_id","writer")
);
--> statement-breakpoint
ALTER TABLE "competitions" ADD CONSTRAINT "competitions_track_id_tracks_id_fk" FOREIGN KEY ("track_id") REFERENCES "public"."tracks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drivers" ADD CONSTRAINT "drivers_competition_id_competitions_id_fk" FOREIGN KEY ("competition_id") REFERENCES "public"."competitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drivers" ADD CONSTRAINT "drivers_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "laps" ADD CONSTRAINT "laps_competition_id_competitions_id_fk" FOREIGN KEY ("competition_id") REFERENCES "public"."competitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "laps" ADD CONSTRAINT "laps_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_competition_id_competitions_id_fk" FOREIGN KEY ("competition_id") REFERENCES "public"."competitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metadata_current" ADD CONSTRAINT "metadata_current_competition_id_competitions_id_fk" FOREIGN KEY ("competition_id") REFERENCES "public"."competitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metadata_history" ADD CONSTRAINT "metadata_history_competition_id_competitions_id_fk" FOREIGN KEY ("competition_id") REFERENCES "public"."competitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parser_settings" ADD CONSTRAINT "parser_settings_competition_id_competitions_id_fk" FOREIGN KEY ("competition_id") REFERENCES "public"."competitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "penalties" ADD CONSTRAINT "penalties_competition_id_competitions_id_fk" FOREIGN KEY ("competition_id") REFERENCES "public"."competitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "penalties" ADD CONSTRAINT "penalties_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pits_in" ADD CONSTRAINT "pits_in_competition_id_competitions_id_fk" FOREIGN KEY ("competition_id") REFERENCES "public"."competitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pits_in" ADD CONSTRAINT "pits_in_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pits_in" ADD CONSTRAINT "pits_in_driver_id_drivers_id_fk" FOREIGN KEY ("driver_id") REFERENCES "public"."drivers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "strategy_pits_karts" ADD CONSTRAINT "strategy_pits_karts_competition_id_competitions_id_fk" FOREIGN KEY ("competition_id") REFERENCES "public"."competitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "strategy_pits_karts" ADD CONSTRAINT "strategy_pits_karts_pit_in_id_pits_in_id_fk" FOREIGN KEY ("pit_in_id") REFERENCES "public"."pits_in"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pits_out" ADD CONSTRAINT "pits_out_competition_id_competitions_id_fk" FOREIGN KEY ("competition_id") REFERENCES "public"."competitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pits_out" ADD CONSTRAINT "pits_out_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pits_out" ADD CONSTRAINT "pits_out_driver_id_drivers_id_fk" FOREIGN KEY ("driver_id") REFERENCES "public"."drivers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pits_out" ADD CONSTRAINT "pits_out_pit_in_id_pits_in_id_fk" FOREIGN KEY ("pit_in_id") REFERENCES "public"."pits_in"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "strategy_pits_stats" ADD CONSTRAINT "strategy_pits_stats_pit_in_id_pits_in_id_fk" FOREIGN KEY ("pit_in_id") REFERENCES "public"."pits_in"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rejected_operations" ADD CONSTRAINT "rejected_operations_competition_id_competitions_id_fk" FOREIGN KEY ("competition_id") REFERENCES "public"."competitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_competition_id_competitions_id_fk" FOREIGN KEY ("competition_id") REFERENCES "public"."competitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "competition_settings" ADD CONSTRAINT "competition_settings_competition_id_competitions_id_fk" FOREIGN KEY ("competition_id") REFERENCES "public"."competitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "teams" ADD CONSTRAINT "teams_competition_id_competitions_id_fk" FOREIGN KEY ("competition_id") REFERENCES "public"."competitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timing_current" ADD CONSTRAINT "timing_current_competition_id_competitions_id_fk" FOREIGN KEY ("competition_id") REFERENCES "public"."competitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timing_current" ADD CONSTRAINT "timing_current_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timing_current" ADD CONSTRAINT "timing_current_driver_id_drivers_id_fk" FOREIGN KEY ("driver_id") REFERENCES "public"."drivers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watermarks" ADD CONSTRAINT "watermarks_competition_id_competitions_id_fk" FOREIGN KEY ("competition_id") REFERENCES "public"."competitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "drivers_competition_id_index" ON "drivers" USING btree ("competition_id");--> statement-breakpoint
CREATE INDEX "metadata_history_competition_id_index" ON "metadata_history" USING btree ("competition_id");--> statement-breakpoint
CREATE INDEX "timing_history_competition_id_team_id_index" ON "timing_history" USING btree ("competition_id","team_id");