-- チャット利用率: who sent anything in Teams in the 30 days up to the month's last day, over the eligible people.

SELECT eligible.month,
       eligible.department,
       count(DISTINCT CASE WHEN sent.mail IS NOT NULL THEN eligible.person END) AS numerator,
       count(DISTINCT eligible.person) AS denominator
FROM eligible
LEFT JOIN chat_senders AS sent ON sent.month = eligible.month AND sent.mail = eligible.mail
GROUP BY eligible.month, eligible.department;
