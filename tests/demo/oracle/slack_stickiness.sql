-- 開発チャット定着度: the mean number of users a business day, over the users of the month; both times the business days,
-- so that whole numbers are compared. Users are of 技術本部. A business day is a weekday that is neither a national
-- holiday nor one of the company's own.

WITH RECURSIVE
holidays (day, name) AS (
    VALUES
        ('2025-11-03', '文化の日'),
        ('2025-11-24', '勤労感謝の日の振替休日'),
        ('2025-12-29', '年末の休み'),
        ('2025-12-30', '年末の休み'),
        ('2025-12-31', '年末の休み'),
        ('2026-01-01', '元日'),
        ('2026-01-02', '年始の休み'),
        ('2026-01-12', '成人の日'),
        ('2026-02-11', '建国記念の日'),
        ('2026-02-23', '天皇誕生日'),
        ('2026-03-20', '春分の日'),
        ('2026-04-29', '昭和の日'),
        ('2026-05-04', 'みどりの日'),
        ('2026-05-05', 'こどもの日'),
        ('2026-05-06', '憲法記念日の振替休日'),
        ('2026-07-20', '海の日'),
        ('2026-08-11', '山の日'),
        ('2026-08-12', 'お盆休み'),
        ('2026-08-13', 'お盆休み'),
        ('2026-08-14', 'お盆休み'),
        ('2026-09-21', '敬老の日'),
        ('2026-09-22', '国民の休日'),
        ('2026-09-23', '秋分の日'),
        ('2026-10-12', 'スポーツの日')
),
days (day) AS (
    SELECT min(first_day) FROM months
    UNION ALL
    SELECT date(day, '+1 day') FROM days WHERE day < (SELECT max(last_day) FROM months)
),
business_days AS (
    SELECT day, strftime('%Y-%m', day) AS month
    FROM days
    WHERE strftime('%w', day) BETWEEN '1' AND '5' AND day NOT IN (SELECT day FROM holidays)
),
open AS (
    SELECT month, count(*) AS days FROM business_days GROUP BY month
),
users AS (
    SELECT eligible.month,
           eligible.department,
           eligible.person,
           count(DISTINCT business_days.day) AS days
    FROM eligible_engineers AS eligible
    JOIN slack_use ON slack_use.month = eligible.month AND slack_use.mail = eligible.mail
    LEFT JOIN business_days ON business_days.day = slack_use.day
    GROUP BY eligible.month, eligible.department, eligible.person
),
headcounts AS (
    SELECT month, department, count(DISTINCT person) AS people FROM eligible_engineers GROUP BY month, department
)
SELECT headcounts.month,
       headcounts.department,
       sum(users.days) AS numerator,
       count(users.person) * open.days AS denominator,
       headcounts.people AS headcount,
       count(users.person) AS people_who_used_it,
       count(CASE WHEN users.days < open.days THEN users.person END) AS people_who_missed_a_day
FROM headcounts
JOIN open ON open.month = headcounts.month
LEFT JOIN users ON users.month = headcounts.month AND users.department IS headcounts.department
GROUP BY headcounts.month, headcounts.department;
