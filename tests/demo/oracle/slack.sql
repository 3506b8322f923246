-- Who used Slack on which day (UTC), if only to read. Guests are not of the company. A day without a file, and a month
-- without any, was not measured.

CREATE TABLE slack_use AS
SELECT DISTINCT date AS day, substr(date, 1, 7) AS month, lower(json_extract(member, '$.email_address')) AS mail
FROM slack_members
WHERE json_extract(member, '$.is_active') AND NOT json_extract(member, '$.is_guest');

CREATE INDEX slack_use_by_name ON slack_use (mail, month);

CREATE TABLE slack_months AS
SELECT DISTINCT substr(date, 1, 7) AS month FROM slack_members;
