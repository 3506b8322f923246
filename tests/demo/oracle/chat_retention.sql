-- チャット継続率: of the eligible people who sent anything in the report of the month before, those who did so in this
-- month's too. People are followed wherever they moved; who left is in neither. Of all only, not by department, and from
-- the second report on.

WITH seen AS (
    SELECT eligible.month,
           eligible.person,
           max(before.mail IS NOT NULL) AS before,
           max(now.mail IS NOT NULL) AS now
    FROM eligible
    JOIN months ON months.month = eligible.month
    LEFT JOIN chat_senders AS before ON before.month = months.month_before AND before.mail = eligible.mail
    LEFT JOIN chat_senders AS now ON now.month = months.month AND now.mail = eligible.mail
    WHERE eligible.department IS NULL
    AND months.month_before IN (SELECT month FROM chat_senders)
    GROUP BY eligible.month, eligible.person
)
SELECT month,
       NULL AS department,
       sum(before AND now) AS numerator,
       sum(before) AS denominator,
       count(*) AS headcount,
       sum(before AND now) AS people_who_stayed,
       sum(before AND NOT now) AS people_who_did_not,
       sum(NOT before) AS people_not_there_before
FROM seen
GROUP BY month;
