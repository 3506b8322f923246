-- 二つのチャットの併用率: who used both Slack and the chat of Teams, over those who used either; of 技術本部.

WITH used AS (
    SELECT eligible.month,
           eligible.department,
           eligible.person,
           max(slack_use.mail IS NOT NULL) AS slack,
           max(chat_senders.mail IS NOT NULL) AS teams
    FROM eligible_engineers AS eligible
    LEFT JOIN slack_use ON slack_use.month = eligible.month AND slack_use.mail = eligible.mail
    LEFT JOIN chat_senders ON chat_senders.month = eligible.month AND chat_senders.mail = eligible.mail
    GROUP BY eligible.month, eligible.department, eligible.person
)
SELECT month,
       department,
       CASE WHEN month IN (SELECT month FROM slack_months) THEN sum(slack AND teams) END AS numerator,
       sum(slack OR teams) AS denominator,
       count(*) AS headcount,
       sum(slack AND teams) AS people_in_both,
       sum(slack <> teams) AS people_in_one,
       sum(NOT slack AND NOT teams) AS people_in_none
FROM used
GROUP BY month, department;
