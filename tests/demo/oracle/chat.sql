-- Who sent a message, a post or a reply in Teams in the 30 days up to a month's last day. Reading, meetings and calls are
-- none of them; an account that is deleted is nobody's.

CREATE TABLE chat_senders AS
SELECT DISTINCT months.month, lower(teams."User Principal Name") AS mail
FROM teams
JOIN months ON months.last_day = teams."Report Refresh Date"
WHERE teams."Report Period" = '30'
AND teams."Is Deleted" = 'False'
AND (
    CAST(teams."Team Chat Message Count" AS INTEGER) > 0
    OR CAST(teams."Private Chat Message Count" AS INTEGER) > 0
    OR CAST(teams."Post Messages" AS INTEGER) > 0
    OR CAST(teams."Reply Messages" AS INTEGER) > 0
);

CREATE INDEX chat_senders_by_name ON chat_senders (mail, month);
