-- The example's own table, beside those of oss-post.
CREATE TABLE IF NOT EXISTS upload (
  object_key VARCHAR(1023) NOT NULL PRIMARY KEY,
  caller VARCHAR(1536),
  state VARCHAR(8) NOT NULL,
  source VARCHAR(16),
  file_size BIGINT,
  media_type VARCHAR(255),
  changed_at BIGINT NOT NULL
);
