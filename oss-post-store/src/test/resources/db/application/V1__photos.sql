CREATE TABLE photos (object_key VARCHAR(200));
