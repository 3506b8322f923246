-- Everybody in the roster on a month's last day: what the eligible are a part of.

SELECT month, count(DISTINCT person) AS people
FROM present
GROUP BY month;
