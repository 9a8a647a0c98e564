-- What is old is found without reading what is not.
CREATE INDEX drafts_age ON drafts (bot, updated_at);
CREATE INDEX generations_secrets ON generations (bot, closed_at) WHERE secret <> '';
