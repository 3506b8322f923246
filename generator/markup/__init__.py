"""Markdown as its authors mean it: CommonMark's blocks with what GitHub, Zenn, Qiita and VitePress add.

Two verbs look at authors' texts, `read` to judge them and `render` to show them, and they must never disagree
about what is code, a list or a box. This folder is the one place that decides.

- `structure`: what each line is and in which lists, quotes and boxes it stands; linear in the length of a text.
  `line` is its result; `containers` and `leaves` know where a list begins and where HTML ends.
- `fences`: what stands behind the opening marks of a code block: language, file name, marked lines.
- `boxes`: notes and foldable parts, in the four ways in which people write them.
- `html_tags`: which words in angle brackets are HTML and which are words.
- `outline`: the same lines with everything that is code blanked out.
- `characters`: characters that nobody can see.
- `forbidden`: characters that may not stand in content, and what they are called.
- `targets`: where a link leads on the site.
"""
