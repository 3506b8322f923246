"""serve: every save is in the browser at once.

    watching    which files were touched, as the system tells it; no folder is looked through again and again
    warm_site   one site built over and over in this process, which forgets nothing in between
    shown       the last good pages in a folder of their own, and what is wrong since
    mistakes    the page at the address of one that cannot be shown: what is wrong with it
    web         answers browsers, and tells them when there is something new (`reload.js`)
    serving     the loop

Nothing here touches the folder that `build` writes, nor what `publish` takes from it.
"""
