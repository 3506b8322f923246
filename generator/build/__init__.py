"""From plan to verified bytes, page by page, doing again only what a change reaches.

Is there anything to do?
    glance.py          by sizes and times alone, before anything is loaded
    gathered.py        by the contents of everything that goes in
    standing.py        what the last release was made from, and whether the clock has changed anything since
    embargoes.py       whether the clock may be trusted with what comes out at its hour
    alone.py           one build of a site at a time

What earlier builds left
    past.py            recalled once by a process that builds again and again
    memory.py          a record a page, and the facts that all of them were made from
    last_released.py   the figures of the last site that went out
    kept.py            results that hold as long as what they were computed from: figures.py, forbidden.py
    exports.py         digests of the exports, which are not read again where they look as they did

What is asked for
    run.py             how one caller wants its builds

The pages
    edition.py         everything about one build that is known before a page is made
    reuse.py           which pages would come out the same again, and why the others would not
    page.py            one page: written, rendered, framed, read as a browser reads it
    pages.py           all of them, made in several processes or taken as they are
    impression.py      the edition printed: pages, files.py beside them, findable.py for the search

What comes of it
    delivery.py        the files put where the site is read
    explain.py         why pages were made, or were not, asked.py for some, in_words.py and
                       data_in_words.py for readers
    forgiven.py        what is wrong with a draft, which stops nobody who looks while others write
    comparison.py      a build that used its cache against one from nothing

`generator.pipeline` is the road; this folder is how the road is walked for thousands of pages in little time.
"""
