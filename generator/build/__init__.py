"""From plan to verified bytes, page by page, doing again only what a change reaches.

    past.py       what earlier builds left, recalled once by a process that builds again and again
    memory.py     what a build leaves for the next one: a record a page, and the facts that all of them were made from
    reuse.py      which pages would come out the same again, and why the others would not
    page.py       one page: written, rendered, framed, read as a browser reads it
    outputs.py    every file of the site by its digest, and where its bytes are
    delivery.py   the files put where the site is read

`generator.pipeline` is the road; this folder is how the road is walked for thousands of pages in little time.
"""
