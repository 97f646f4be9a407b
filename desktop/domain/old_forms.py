"""Old and variant characters (旧字体・異体字) and the everyday one under which people search for them.

Only for finding: 斎 and 斉 are different characters on paper, yet whoever takes a telephone call cannot know which
is meant, so both are found by either. Characters that Unicode itself unites (NFKC: 神 in its old form) are not repeated.
"""

from __future__ import annotations

# Each group: the everyday form, then the forms that are found by it.
_REFORMED = """
亜亞 悪惡 圧壓 囲圍 医醫 為爲 壱壹 隠隱 栄榮 営營 衛衞 駅驛 円圓 塩鹽 縁緣 艶艷 応應 欧歐 殴毆 桜櫻
奥奧 横橫 温溫 穏穩 仮假 価價 画畫 会會 絵繪 壊壞 懐懷 概槪 拡擴 殻殼 覚覺 学學斈 岳嶽 楽樂 渇渴 缶罐
巻卷 陥陷 勧勸 寛寬 関關 歓歡 観觀 気氣 帰歸皈 偽僞 戯戲 犠犧 旧舊 拠據 挙擧 虚虛 峡峽 挟挾 狭狹 郷鄕
暁曉 区區 駆驅駈 勲勳 薫薰 径徑 茎莖 恵惠 掲揭 渓溪 経經 蛍螢 軽輕 継繼 鶏鷄 芸藝 撃擊 欠缺 研硏 県縣
倹儉 剣劍剱劔劒釼 険險 圏圈 検檢 献獻 権權 顕顯 験驗 厳嚴 広廣 効效 恒恆 黄黃 鉱鑛砿 号號 国國囯圀 黒黑 砕碎
済濟 剤劑 雑雜 参參 桟棧 蚕蠶 惨慘 賛贊 残殘 糸絲 歯齒 児兒 辞辭 湿濕 実實 写寫 釈釋 寿壽 収收 従從
渋澁 獣獸 縦縱 粛肅 処處 緒緖 叙敍 尚尙 奨奬 将將 称稱 渉涉 焼燒 証證 条條 状狀 乗乘 浄淨 剰剩 畳疊
縄繩 壌壤 嬢孃 譲讓 醸釀 嘱囑 触觸 寝寢 慎愼 真眞 尽盡 図圖 粋粹 酔醉 穂穗 随隨 髄髓 枢樞 数數 瀬瀨
声聲 斉斎齋齊 静靜 窃竊 摂攝 専專 浅淺 戦戰 践踐 銭錢 潜潛 繊纖 禅禪 双雙 壮壯 争爭 荘莊 捜搜 挿插 巣巢
曽曾 痩瘦 装裝 総總 騒騷 増增 蔵藏 臓臟 即卽 属屬 続續 堕墮 対對 体體軆 帯帶 滞滯 台臺 滝瀧 択擇 沢澤
担擔 単單 胆膽 団團 断斷 弾彈 遅遲 痴癡 虫蟲 昼晝 鋳鑄 庁廳 徴徵 聴聽 勅敕 鎮鎭 逓遞 鉄鐵鐡銕 点點 転轉
伝傳 灯燈 当當 党黨 盗盜 稲稻 闘鬪 徳德 独獨 読讀 届屆 弐貳 悩惱 脳腦 覇霸 拝拜 廃廢 売賣 麦麥 発發 髪髮
抜拔 晩晚 蛮蠻 秘祕 浜濱濵 瓶甁 払拂 仏佛 併倂 並竝 餅餠 辺邊邉 変變 弁辨瓣辯 歩步 宝寶寳 豊豐 褒襃 翻飜
毎每 万萬 満滿 麺麵 黙默 弥彌 訳譯 薬藥 与與 予豫 余餘 誉譽 揺搖 様樣 謡謠 来來 頼賴 乱亂 覧覽 竜龍
両兩 猟獵 緑綠 涙淚 塁壘 礼禮 励勵 戻戾 霊靈 齢齡 暦曆 歴歷 恋戀 錬鍊 炉爐 労勞 郎郞 楼樓 録錄 湾灣
教敎 強强 産產 顔顏 彦彥 清淸 青靑 内內 姫姬 娯娛 呉吳 説說 税稅 悦悅 閲閱 脱脫 鋭銳 戸戶 禄祿 準凖
"""

_OF_NAMES = """
高髙 崎﨑嵜 島嶋嶌嶹 吉𠮷 桑桒 柳栁桺 橋槗𣘺 館舘 富冨 峰峯 松枩 船舩 土圡 野埜 鶴鸖靏 亀龜 凛凜 遥遙
尭堯 槙槇 瑶瑤 穣穰 鴎鷗 桧檜 祷禱 頬頰 晋晉 芦蘆 薮藪籔 鯵鰺 竈竃 篭籠 涛濤 頚頸 蛎蠣 撹攪 填塡 剥剝
掴摑 噛嚙 繋繫 麹麴 蝋蠟 屏屛 醤醬 蒋蔣 侭儘 鴬鶯 梼檮 煕熙凞 昂昻 巌巖 沖冲 涼凉 秋秌穐龝 群羣 裏裡
隣鄰 雁鴈 略畧 晃晄 本夲 村邨 氷冰 湧涌 淵渕渊 煙烟 爾尓 猪豬 珍珎 留畄 聡聰 園薗 穎頴 枡桝 呑吞 兎兔
虎乕 曹曺 棲栖 蓑簑 亘亙 莱萊 倶俱 釜釡 鉤鈎 毘毗 隷隸 侠俠 壷壺 靭靱 躯軀 鹸鹼 諌諫 蝉蟬 賎賤 迩邇
騨驒 萌萠 苺莓 糾糺 柏栢 昇曻 映暎 曳曵 庵菴 厩廐 妍姸 奈柰 垂埀 叡睿 却卻 卒卆 冴冱 京亰 事亊
丈𠀋 簾簷 溌潑 遡溯 杯盃 笋筍 脚腳 雛鶵 杉𣏌 祇祗 羨羡 梁樑
"""


def _pairs(groups: str) -> dict[str, str]:
    return {form: group[0] for group in groups.split() for form in group[1:] if form != group[0]}


EVERYDAY_FORMS: dict[str, str] = _pairs(_REFORMED + _OF_NAMES)
"""Variant character -> the everyday one. Read it, never write to it."""
