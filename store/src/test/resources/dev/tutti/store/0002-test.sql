-- What a later release might do; only tests apply it.
ALTER TABLE document ADD COLUMN note TEXT NOT NULL DEFAULT '';
