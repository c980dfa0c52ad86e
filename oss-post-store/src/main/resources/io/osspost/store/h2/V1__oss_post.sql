-- Version 1 of the tables of oss-post. Instants are milliseconds since 1970, spans of grants seconds.
CREATE TABLE IF NOT EXISTS oss_post_grant (
  grant_id VARCHAR(36) NOT NULL PRIMARY KEY,
  kind VARCHAR(16) NOT NULL,
  format VARCHAR(16) NOT NULL,
  profile VARCHAR(63) NOT NULL,
  tenant VARCHAR(63),
  profile_id VARCHAR(63),
  bucket VARCHAR(63) NOT NULL,
  prefix VARCHAR(1023) NOT NULL,
  object_key VARCHAR(1023) NOT NULL,
  media_type VARCHAR(255),
  min_size BIGINT NOT NULL,
  max_size BIGINT NOT NULL,
  forbid_overwrite SMALLINT NOT NULL,
  callback SMALLINT NOT NULL,
  caller VARCHAR(1536),
  first_granted_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  upload_id VARCHAR(255),
  state VARCHAR(8) NOT NULL,
  due_at BIGINT,
  fence BIGINT NOT NULL,
  accounts SMALLINT DEFAULT 0 NOT NULL,
  reserved BIGINT DEFAULT 0 NOT NULL,
  counted_event VARCHAR(100),
  open_uploads VARCHAR(43),
  filename VARCHAR(255),
  vars VARCHAR(600)
);
CREATE INDEX IF NOT EXISTS oss_post_grant_due ON oss_post_grant (due_at);
CREATE INDEX IF NOT EXISTS oss_post_grant_open ON oss_post_grant (open_uploads, state);
CREATE TABLE IF NOT EXISTS oss_post_event (
  event_id VARCHAR(100) NOT NULL PRIMARY KEY,
  grant_id VARCHAR(36) NOT NULL,
  state VARCHAR(8) NOT NULL,
  lease_until BIGINT NOT NULL,
  fence BIGINT NOT NULL,
  keep_until BIGINT NOT NULL,
  answer VARCHAR(4096)
);
CREATE INDEX IF NOT EXISTS oss_post_event_grant ON oss_post_event (grant_id);
CREATE INDEX IF NOT EXISTS oss_post_event_keep ON oss_post_event (keep_until);
CREATE TABLE IF NOT EXISTS oss_post_object (
  object_id VARCHAR(43) NOT NULL PRIMARY KEY,
  bucket VARCHAR(63) NOT NULL,
  object_key VARCHAR(1023) NOT NULL,
  grant_id VARCHAR(36) NOT NULL,
  profile VARCHAR(63) NOT NULL,
  caller VARCHAR(1536),
  accounts SMALLINT NOT NULL,
  bytes BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS oss_post_quota (
  account_id VARCHAR(43) NOT NULL PRIMARY KEY,
  profile VARCHAR(63) NOT NULL,
  caller VARCHAR(1536),
  account SMALLINT NOT NULL,
  stored BIGINT NOT NULL,
  reserved BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS oss_post_schema (version INT NOT NULL PRIMARY KEY);
MERGE INTO oss_post_schema (version) KEY (version) VALUES (1);
