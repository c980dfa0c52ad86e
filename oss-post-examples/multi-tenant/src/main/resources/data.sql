INSERT INTO tenant (name, bucket, region, endpoint, key_id, key_secret, max_size, revision)
  SELECT 'acme', 'acme-files', 'cn-hangzhou', '', 'LTAIacme', 'acme-secret', 10485760, 1
  WHERE NOT EXISTS (SELECT 1 FROM tenant WHERE name = 'acme');
INSERT INTO tenant (name, bucket, region, endpoint, key_id, key_secret, max_size, revision)
  SELECT 'globex', 'globex-files', 'cn-hangzhou', '', 'LTAIglobex', 'globex-secret', 20480, 1
  WHERE NOT EXISTS (SELECT 1 FROM tenant WHERE name = 'globex');
