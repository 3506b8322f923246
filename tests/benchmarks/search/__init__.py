"""How search finds Japanese: 200 questions to the built site in a real browser, and Pagefind asked the same.

site.py       the texts of a built site, and which pages hold a text: the truth
queries.py    the questions, written from those texts by a seeded script
served.py     the site on loopback, counting the bytes that it sends
engines.py    how each search is asked
readers.py    who asks, each question in a fresh browser
report.py     how it answered
__main__.py   all of it for each search
"""
