-- How long a task of its model usually took when this one began, for pages that count on. NULL where no one knew yet.
ALTER TABLE generations ADD COLUMN usual_s double precision;
