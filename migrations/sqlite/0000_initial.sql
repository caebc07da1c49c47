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
CREATE INDEX `articles_until` ON `articles` (`until`);--> statement-breakpoint
CREATE TABLE `changes` (
	`revision` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`reason` text NOT NULL,
	`origin` text NOT NULL,
	`release` text
);
--> statement-breakpoint
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
CREATE INDEX `models_until` ON `models` (`until`);--> statement-breakpoint
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
	PRIMARY KEY(`id`, `since`)
);
--> statement-breakpoint
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
CREATE INDEX `services_until` ON `services` (`until`);--> statement-breakpoint
CREATE TABLE `signals` (
	`id` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`kind` text NOT NULL,
	`document` text NOT NULL,
	PRIMARY KEY(`id`, `since`)
);
--> statement-breakpoint
CREATE INDEX `signals_until` ON `signals` (`until`);