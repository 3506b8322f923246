"""The words of a finished page."""

from __future__ import annotations

import pytest

from generator.search import text_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>メール<strong>から</strong><a href='x'>チャット</a>へ</p>", "メールからチャットへ"),
        ("<h2>連絡先</h2><p>総務部</p>", "連絡先\n総務部"),
        ("<ul><li>一<ul><li>二</li></ul>三</li></ul>", "一\n二\n三"),
        ("<table><tr><th>部署</th><td>88%</td></tr></table>", "部署\n88%"),
        ("<p>一行目\n二行目</p>", "一行目 二行目"),
        ("<p>改<br>行</p>", "改\n行"),
        ("<p>A &amp; B &lt;script&gt;</p>", "A & B <script>"),
        ("<p>前</p><script>var x = '<p>中</p>';</script><svg><text>図</text></svg><!-- 裏 --><p>後</p>", "前\n後"),
        ('<p><a title="a > b">語</a></p>', "語"),
        ("<abbr>略</abbr><address>宛</address>", "略\n宛"),
        ("<p>前</p><nav><ul><li><a href='#q'>目次</a></li></ul></nav><p>後</p>", "前\n後"),
        ('<h2 class="t" id="先">連絡<b>先</b></h2><p>総務部</p>', "先\t連絡先\n総務部"),
        ('<section class="q" id="q-1"><h3>なぜ</h3><p>から</p></section>', "q-1\tなぜ\nから"),
        ('<section id="a"><h2 id="b&amp;c">題</h2></section>', "b&c\t題"),
        ('<section data-x="1"><h2>題</h2></section>', "題"),
        (
            '<p class="kb-byline"><span>青木</span> <time datetime="2026-01-01">1日</time></p><p>文</p>',
            "\t青木 1日\n文",
        ),
        ("<p>\x01字\x01</p>", "字"),
        ("", ""),
    ],
)
def test_blocks_are_lines_and_inline_words_stay_together(html: str, text: str) -> None:
    assert text_of(html) == text
