def text_of(html): return html
