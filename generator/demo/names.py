"""A stock of common Japanese names with their spelling in mail addresses. Combinations are drawn, not taken."""


def _table(text: str) -> tuple[tuple[str, str], ...]:
    """Return (as written, in Latin letters) for each `佐藤 sato` of the text."""
    words = text.split()
    return tuple(zip(words[::2], words[1::2], strict=True))


# 髙橋 and 山﨑 exist in CP932 but not in JIS X 0208: reading the roster as plain Shift_JIS fails on them.
FAMILY = _table("""
佐藤 sato 鈴木 suzuki 高橋 takahashi 髙橋 takahashi 田中 tanaka 伊藤 ito 渡辺 watanabe 渡邊 watanabe
山本 yamamoto 中村 nakamura 小林 kobayashi 加藤 kato 吉田 yoshida 山田 yamada 佐々木 sasaki 山口 yamaguchi
松本 matsumoto 井上 inoue 木村 kimura 林 hayashi 斎藤 saito 齋藤 saito 清水 shimizu 山崎 yamazaki
山﨑 yamazaki 森 mori 池田 ikeda 橋本 hashimoto 阿部 abe 石川 ishikawa 山下 yamashita 中島 nakajima
石井 ishii 小川 ogawa 前田 maeda 岡田 okada 長谷川 hasegawa 藤田 fujita 後藤 goto 近藤 kondo 村上 murakami
遠藤 endo 青木 aoki 坂本 sakamoto 福田 fukuda 太田 ota 西村 nishimura 藤井 fujii 金子 kaneko 岡本 okamoto
中野 nakano 三浦 miura 原田 harada 松田 matsuda 竹内 takeuchi 小野 ono 中川 nakagawa 田村 tamura 和田 wada
中山 nakayama 石田 ishida 上田 ueda 森田 morita 柴田 shibata 酒井 sakai 宮崎 miyazaki 横山 yokoyama
内田 uchida 高木 takagi 安藤 ando 谷口 taniguchi 大野 ono 丸山 maruyama 今井 imai 工藤 kudo 河野 kono
藤原 fujiwara
""")

GIVEN = _table("""
大輔 daisuke 健太 kenta 拓也 takuya 翔太 shota 直樹 naoki 達也 tatsuya 亮 ryo 学 manabu 誠 makoto 浩 hiroshi
隆 takashi 修 osamu 剛 tsuyoshi 聡 satoshi 哲也 tetsuya 和也 kazuya 雄太 yuta 裕介 yusuke 慎一 shinichi
健一 kenichi 大樹 daiki 蓮 ren 悠斗 yuto 陽向 hinata 颯太 sota 航 wataru 智也 tomoya 康平 kohei 涼太 ryota
圭介 keisuke 裕子 yuko 陽子 yoko 恵 megumi 愛 ai 美穂 miho 由美 yumi 久美子 kumiko 智子 tomoko 真由美 mayumi
香織 kaori 彩 aya 麻衣 mai 友美 tomomi 千尋 chihiro 奈々 nana 沙織 saori 舞 mai 結衣 yui 美咲 misaki 葵 aoi
さくら sakura 七海 nanami 明日香 asuka 遥 haruka 優子 yuko 典子 noriko 直美 naomi 幸子 sachiko 理恵 rie
純子 junko
""")
