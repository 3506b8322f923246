-- 開発チャット利用率: who used Slack on a day of the month, over the eligible people of 技術本部.

SELECT eligible.month,
       eligible.department,
       CASE WHEN eligible.month IN (SELECT month FROM slack_months)
            THEN count(DISTINCT CASE WHEN used.mail IS NOT NULL THEN eligible.person END) END AS numerator,
       count(DISTINCT eligible.person) AS denominator
FROM eligible_engineers AS eligible
LEFT JOIN slack_use AS used ON used.month = eligible.month AND used.mail = eligible.mail
GROUP BY eligible.month, eligible.department;
