-- Whom all metrics count: 正社員, 契約社員 and 嘱託 who are not on leave, in the department of their 主務, on the last
-- day of each of the twelve months that are over on 20 November 2026.

CREATE TABLE months AS
WITH RECURSIVE counted (first_day) AS (
    SELECT '2025-11-01'
    UNION ALL
    SELECT date(first_day, '+1 month') FROM counted WHERE first_day < '2026-10-01'
)
SELECT strftime('%Y-%m', first_day) AS month,
       strftime('%Y-%m', date(first_day, '-1 day')) AS month_before,
       first_day,
       date(first_day, '+1 month', '-1 day') AS last_day
FROM counted;

-- Everybody in the roster on the last day, whoever they are. Days are inclusive; an empty end is open.
CREATE TABLE present AS
SELECT months.month,
       hr_roster."社員番号" AS person,
       lower(hr_roster."メールアドレス") AS mail,
       hr_roster."所属コード" AS department,
       hr_roster."雇用区分" IN ('正社員', '契約社員', '嘱託')
           AND hr_roster."在籍区分" = '在籍'
           AND hr_roster."主務区分" = '主務' AS is_eligible
FROM months
JOIN hr_roster
ON replace(hr_roster."適用開始日", '/', '-') <= months.last_day
AND (hr_roster."適用終了日" = '' OR replace(hr_roster."適用終了日", '/', '-') >= months.last_day);

-- Each eligible person twice: once in the department, once among all (NULL).
CREATE TABLE eligible AS
SELECT month, person, mail, department FROM present WHERE is_eligible
UNION ALL
SELECT month, person, mail, NULL FROM present WHERE is_eligible;

-- The same for what only the three departments of 技術本部 use.
CREATE TABLE eligible_engineers AS
WITH engineers AS (
    SELECT month, person, mail, department
    FROM present
    WHERE is_eligible AND department IN ('research', 'design', 'production-engineering')
)
SELECT month, person, mail, department FROM engineers
UNION ALL
SELECT month, person, mail, NULL FROM engineers;
