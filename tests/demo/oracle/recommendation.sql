-- 会社の推奨度（eNPS）: whose last answer is 9 or 10, and against them those whose last answer is 0 to 6, over all who
-- answered; an empty answer is none. Of all only, not by department. The survey begins in May 2026.

WITH answers AS (
    SELECT "回答月" AS month,
           lower("メール") AS mail,
           CAST(nullif("この会社で働くことを親しい人に勧めますか（0〜10）", '') AS INTEGER) AS score,
           row_number() OVER (PARTITION BY "回答月", lower("メール") ORDER BY CAST("ID" AS INTEGER) DESC) AS from_last
    FROM pulse_survey
)
SELECT eligible.month,
       NULL AS department,
       sum(answers.score IN (9, 10)) AS numerator,
       count(answers.score) AS denominator,
       count(DISTINCT eligible.person) AS headcount,
       sum(answers.score BETWEEN 0 AND 6) AS against,
       sum(answers.score IN (9, 10)) AS people_for_it,
       sum(answers.score BETWEEN 0 AND 6) AS people_against_it,
       count(answers.score) AS people_who_answered
FROM eligible
LEFT JOIN answers
ON answers.month = eligible.month AND answers.mail = eligible.mail AND answers.from_last = 1
WHERE eligible.department IS NULL
AND eligible.month IN (SELECT month FROM answers)
GROUP BY eligible.month;
