-- For whom somebody speaks is a small part of who makes statements: the busiest party's page need not look at the rest.
CREATE INDEX IF NOT EXISTS makers_for_others ON makers (entity) WHERE role = 'on-behalf-of';
