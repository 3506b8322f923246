-- 1on1実施率: whose last answer for the month is はい, over the eligible people; who did not answer did not do it.
-- The survey begins in April 2026.

WITH answers AS (
    SELECT "回答月" AS month,
           lower("メール") AS mail,
           "今月1on1を実施しましたか" AS answer,
           row_number() OVER (PARTITION BY "回答月", lower("メール") ORDER BY CAST("ID" AS INTEGER) DESC) AS from_last
    FROM one_on_one_survey
),
held AS (
    SELECT month, mail FROM answers WHERE from_last = 1 AND answer = 'はい'
)
SELECT eligible.month,
       eligible.department,
       count(DISTINCT CASE WHEN held.mail IS NOT NULL THEN eligible.person END) AS numerator,
       count(DISTINCT eligible.person) AS denominator
FROM eligible
LEFT JOIN held ON held.month = eligible.month AND held.mail = eligible.mail
WHERE eligible.month IN (SELECT month FROM answers)
GROUP BY eligible.month, eligible.department;
