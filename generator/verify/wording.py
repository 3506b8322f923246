"""Problems of the built pages, and the sentences in which each is told."""

from __future__ import annotations

from msgspec import Struct

from generator.model.finding import Family, Severity, Text


class Problem(Struct, frozen=True):
    """One thing wrong with one output file."""

    code: str  # a key of WORDING
    page: str  # posix path from the site's root
    subject: str = ""  # what the sentence names
    written_as: tuple[str, ...] = ()  # what to look for in the author's text, the most telling first
    is_mild: bool = False  # a warning where it would be an error
    meant: str = ""  # what may have been meant


class Wording(Struct, frozen=True):
    """`{subject}` stands for the problem's subject."""

    what: Text
    remedy: Text
    severity: Severity = Severity.ERROR
    family: Family = Family.SITE

    def advice(self, meant: str) -> Text:
        """What to do; `meant` is what may have been meant, if anything."""
        return Text(f"`{meant}` のことではありませんか", f"did you mean `{meant}`?") if meant else self.remedy

    def about(self, subject: str) -> Text:
        return Text(self.what.ja.format(subject=subject), self.what.en.format(subject=subject))


_THEME = Text(
    "テーマ、テンプレート、プラグインのどれかが入れています。その部分を取り除いてください",
    "the theme, a template or a plugin brought it in: take that part out",
)
_BUILD_AGAIN = Text(
    "`kawaraban build --clean` でつくり直してください。直らないときは不具合としてお知らせください",
    "build again with `kawaraban build --clean`; if it stays, please report it as a bug",
)

WORDING = {
    "broken-link": Wording(
        Text("リンク先 `{subject}` が紙面にありません", "the link to `{subject}` leads to no page of the site"),
        Text(
            "リンク先のパスを確かめてください（下書きや公開前の記事へはリンクできません）",
            "check the path of the link (drafts and embargoed pages cannot be linked to)",
        ),
    ),
    "broken-anchor": Wording(
        Text(
            "リンク先 `{subject}` のページはありますが、その見出し（# の後ろ）がありません",
            "the page of the link `{subject}` exists, but nothing on it has the name after the #",
        ),
        Text(
            "`#` の後には、そのページの見出しの言葉を、英字は小文字、空白は `-` にし、記号を除いて書いてください",
            "write the words of a heading of that page after the `#`, in lower case, `-` for spaces and no other signs",
        ),
    ),
    "missing-picture": Wording(
        Text("画像 `{subject}` がありません", "the picture `{subject}` does not exist"),
        Text("画像のパスとファイル名を確かめてください", "check the path and the file name of the picture"),
    ),
    "missing-resource": Wording(
        Text("ページが使うファイル `{subject}` がありません", "the file `{subject}` that the page uses does not exist"),
        _BUILD_AGAIN,
    ),
    "picture-without-alt": Wording(
        Text(
            "画像 `{subject}` に説明（代替テキスト）がありません。画面を見られない読者に伝わりません",
            "the picture `{subject}` has no alternative text: a reader who cannot see it learns nothing",
        ),
        Text("`![何が写っているか](画像)` のように説明を書いてください", "write it as in `![what it shows](picture)`"),
    ),
    "empty-page": Wording(
        Text("ページに本文がありません", "the page has no text"),
        Text("本文を書くか、`draft: true` を付けてください", "write its text, or mark it `draft: true`"),
    ),
    "no-h1": Wording(
        Text("ページに大見出し（h1）がありません", "the page has no main heading (h1)"),
        Text("`title:` を書いてください", "give the page a `title:`"),
    ),
    "several-h1": Wording(
        Text(
            "大見出し（h1）が {subject} 個あります。読み上げでページの題が分からなくなります",
            "the page has {subject} main headings (h1): read aloud, nobody knows its title",
        ),
        Text("本文の見出しは `##` から始めてください", "begin the headings of the text with `##`"),
    ),
    "duplicate-id": Wording(
        Text(
            "id `{subject}` が同じページに二度あります。リンクがどちらに飛ぶか決まりません",
            "the id `{subject}` stands twice on the page: a link to it could mean either",
        ),
        Text("見出しか `{#id}` のどちらかを変えてください", "change one of the two headings or `{#id}`s"),
    ),
    "no-title": Wording(
        Text("ページに <title> がありません", "the page has no <title>"),
        Text("`title:` を書いてください", "give the page a `title:`"),
    ),
    "no-lang": Wording(
        Text(
            "ページの言語（<html lang>）が書かれていません。読み上げの声を選べません",
            "the page does not say its language (<html lang>): it cannot be read aloud properly",
        ),
        _THEME,
    ),
    "large-page": Wording(
        Text("ページが大きすぎます（{subject}）", "the page is very large ({subject})"),
        Text("長い表は CSV の添付にするか、ページを分けてください", "attach a long table as CSV, or divide the page"),
        Severity.WARNING,
    ),
    "external-request": Wording(
        Text(
            "ページを開くと社外の {subject} を読みに行きます。社内に閉じた紙面では読み込めません",
            "opening the page would fetch {subject} from outside: the site must be whole without it",
        ),
        Text(
            "ファイルを content/ に置いて、相対パスで参照してください",
            "put the file into content/ and use a relative path",
        ),
    ),
    "unsafe-markup": Wording(
        Text(
            "`{subject}` がページにあります。厳しい Content-Security-Policy の下では働きません",
            "`{subject}` stands in the page: a strict Content-Security-Policy forbids it",
        ),
        _THEME,
    ),
    "script-in-content": Wording(
        Text("本文の中にスクリプトがあります", "there is a script in the text of the page"),
        Text(
            "本文にスクリプトは書けません。`<script>` を消してください",
            "a text cannot carry scripts: remove `<script>`",
        ),
    ),
    "many-inline-scripts": Wording(
        Text(
            "埋め込みスクリプトが {subject} 種類あります（上限は 12）。Content-Security-Policy に書ききれません",
            "there are {subject} different inline scripts (at most 12): too many for a Content-Security-Policy",
        ),
        Text(
            "スクリプトは theme_overrides/ のファイルに移してください", "move the scripts to files in theme_overrides/"
        ),
    ),
    "no-front-page": Wording(Text("紙面に index.html がありません", "the site has no index.html"), _BUILD_AGAIN),
    "symbolic-link": Wording(
        Text(
            "紙面にシンボリックリンクがあります。紙面の外のファイルが見えるおそれがあります",
            "there is a symbolic link in the site: it could show a file from outside",
        ),
        _BUILD_AGAIN,
    ),
    "unknown-file": Wording(
        Text("紙面にあるはずのない種類のファイルです（`{subject}`）", "a kind of file no site has (`{subject}`)"),
        Text(
            "プラグインかテーマがつくったものなら外し、そうでなければ `kawaraban build --clean` でつくり直してください",
            "take out the plugin or theme that made it, or build again with `kawaraban build --clean`",
        ),
    ),
    "unreadable-file": Wording(
        Text(
            "圧縮ファイルが壊れていて、中に出してはならないものがないか検査できません",
            "the compressed file is damaged: what it holds cannot be checked",
        ),
        _BUILD_AGAIN,
    ),
    "unsearched-file": Wording(
        Text(
            "圧縮ファイルを開くと {subject} を超えるため、終わりまで検査できません",
            "the compressed file unpacks to more than {subject}: it cannot be checked to its end",
        ),
        Text("小さいファイルに分けてください", "divide it into smaller files"),
    ),
    "empty-file": Wording(Text("ファイルの中身が空です", "the file is empty"), _BUILD_AGAIN),
    "leak-withheld": Wording(
        Text(
            "まだ公開しない `{subject}` の文章が紙面に出ています",
            "text of `{subject}`, which is not to be published yet, stands in the site",
        ),
        Text(
            "公開する記事にその文章を写していないか確かめてください。写していなければ不具合としてお知らせください",
            "check that no published page quotes it; if none does, please report it as a bug",
        ),
    ),
    "leak-mail": Wording(
        Text(
            "個人のメールアドレスが紙面に出ています（出どころ: {subject}）",
            "a person's mail address stands in the site (known from {subject})",
        ),
        Text("部署や窓口のアドレスに置き換えてください", "put the address of a department or a desk in its place"),
        family=Family.PRIVACY,
    ),
    "leak-identifier": Wording(
        Text(
            "個人を特定できる番号が紙面に出ています（出どころ: {subject}）",
            "a number that identifies a person stands in the site (known from {subject})",
        ),
        Text("その番号を記事から消してください", "take the number out of the page"),
        family=Family.PRIVACY,
    ),
    "leak-credential": Wording(
        Text(
            "環境変数 `{subject}` の値（秘密の情報）が紙面に出ています",
            "the value of the environment variable `{subject}`, a secret, stands in the site",
        ),
        Text(
            "公開をやめ、その値を無効にして発行し直したうえで、どこから入ったか調べてください",
            "do not publish; revoke and renew the value, then find where it came in",
        ),
        family=Family.PRIVACY,
    ),
}
