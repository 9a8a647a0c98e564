-- The account that a character was shown to, which alone knows it; NULL for those of before, which are shown again.
ALTER TABLE reference_sets ADD COLUMN character_account text;
