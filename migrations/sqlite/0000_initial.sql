CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`scope` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`expires_at` text,
	`revoked_at` text,
	`revoked_by` text,
	`last_used_at` text
);
--> statement-breakpoint
CREATE TABLE `articles` (
	`id` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`kind` text NOT NULL,
	`position` integer NOT NULL,
	`document` text NOT NULL,
	PRIMARY KEY(`id`, `since`)
);
--> statement-breakpoint
CREATE INDEX `articles_since` ON `articles` (`since`);--> statement-breakpoint
CREATE INDEX `articles_until` ON `articles` (`until`);--> statement-breakpoint
CREATE TABLE `assignments` (
	`id` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`team` text NOT NULL,
	`service` text,
	`layer` text,
	`variant` text,
	`account` text,
	`environment` text,
	`tags` text NOT NULL,
	PRIMARY KEY(`id`, `since`)
);
--> statement-breakpoint
CREATE INDEX `assignments_until` ON `assignments` (`until`);--> statement-breakpoint
CREATE TABLE `changes` (
	`revision` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`reason` text NOT NULL,
	`origin` text NOT NULL,
	`release` text
);
--> statement-breakpoint
CREATE TABLE `decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`source` text,
	`event` text,
	`outcome` text NOT NULL,
	`owner` text,
	`service` text,
	`layer` text,
	`team` text,
	`revision` integer NOT NULL,
	`corrected` integer,
	`document` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `decisions_event` ON `decisions` (`event`);--> statement-breakpoint
CREATE INDEX `decisions_at` ON `decisions` (`at`);--> statement-breakpoint
CREATE TABLE `feedback` (
	`id` text PRIMARY KEY NOT NULL,
	`decision` text NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`correct` integer NOT NULL,
	`said` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `feedback_decision` ON `feedback` (`decision`);--> statement-breakpoint
CREATE TABLE `layers` (
	`id` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`name` text NOT NULL,
	`position` integer NOT NULL,
	`covers` text NOT NULL,
	`controls` text NOT NULL,
	`vocabulary` text NOT NULL,
	PRIMARY KEY(`id`, `since`)
);
--> statement-breakpoint
CREATE INDEX `layers_since` ON `layers` (`since`);--> statement-breakpoint
CREATE INDEX `layers_until` ON `layers` (`until`);--> statement-breakpoint
CREATE TABLE `models` (
	`id` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`name` text NOT NULL,
	`summary` text NOT NULL,
	`aws` text NOT NULL,
	`customer` text NOT NULL,
	`examples` text NOT NULL,
	PRIMARY KEY(`id`, `since`)
);
--> statement-breakpoint
CREATE INDEX `models_since` ON `models` (`since`);--> statement-breakpoint
CREATE INDEX `models_until` ON `models` (`until`);--> statement-breakpoint
CREATE TABLE `replies` (
	`actor` text NOT NULL,
	`key` text NOT NULL,
	`fingerprint` text NOT NULL,
	`at` text NOT NULL,
	`status` integer,
	`etag` text,
	`body` text,
	PRIMARY KEY(`actor`, `key`)
);
--> statement-breakpoint
CREATE INDEX `replies_at` ON `replies` (`at`);--> statement-breakpoint
CREATE TABLE `routing_rules` (
	`id` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`position` integer NOT NULL,
	`conditions` text NOT NULL,
	`target` text NOT NULL,
	`note` text,
	PRIMARY KEY(`id`, `since`)
);
--> statement-breakpoint
CREATE INDEX `routing_rules_until` ON `routing_rules` (`until`);--> statement-breakpoint
CREATE TABLE `rules` (
	`id` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`origin` text NOT NULL,
	`scope` text NOT NULL,
	`subject` text NOT NULL,
	`layer` text NOT NULL,
	`owner` text NOT NULL,
	`aws` text,
	`customer` text,
	`lead` text,
	`lead_reason` text,
	`flip` text,
	`sources` text NOT NULL,
	`verified_at` text,
	`reason` text,
	`ground` text,
	PRIMARY KEY(`id`, `since`)
);
--> statement-breakpoint
CREATE INDEX `rules_since` ON `rules` (`since`);--> statement-breakpoint
CREATE INDEX `rules_until` ON `rules` (`until`);--> statement-breakpoint
CREATE TABLE `services` (
	`id` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`origin` text NOT NULL,
	`name` text NOT NULL,
	`category` text NOT NULL,
	`model` text NOT NULL,
	`model_reason` text,
	`summary` text NOT NULL,
	`part_of` text,
	`aliases` text NOT NULL,
	`service_ids` text NOT NULL,
	`identifiers` text NOT NULL,
	`variants` text NOT NULL,
	`pitfalls` text NOT NULL,
	`notes` text NOT NULL,
	`lifecycle` text,
	`sources` text NOT NULL,
	PRIMARY KEY(`id`, `since`)
);
--> statement-breakpoint
CREATE INDEX `services_since` ON `services` (`since`);--> statement-breakpoint
CREATE INDEX `services_until` ON `services` (`until`);--> statement-breakpoint
CREATE TABLE `shipped` (
	`id` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`kind` text NOT NULL,
	`document` text NOT NULL,
	PRIMARY KEY(`id`, `since`)
);
--> statement-breakpoint
CREATE INDEX `shipped_until` ON `shipped` (`until`);--> statement-breakpoint
CREATE TABLE `signals` (
	`id` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`kind` text NOT NULL,
	`document` text NOT NULL,
	PRIMARY KEY(`id`, `since`)
);
--> statement-breakpoint
CREATE INDEX `signals_until` ON `signals` (`until`);--> statement-breakpoint
CREATE TABLE `teams` (
	`id` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`name` text NOT NULL,
	`queue` text NOT NULL,
	`contact` text,
	PRIMARY KEY(`id`, `since`)
);
--> statement-breakpoint
CREATE INDEX `teams_until` ON `teams` (`until`);