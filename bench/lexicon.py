"""The words that generated posts are made of.

Common words come in the order of how often they are drawn; the rare ones, joined from two parts
each, appear in a few texts only, as most words of a language do.
"""

from typing import Final

_ENGLISH: Final = """
server request database index template session column thread router cache query schema
cursor header payload queue socket worker kernel buffer parser compiler token lexer pointer
garden harbour kitchen notebook winter mountain bicycle library coffee railway lantern orchard
telescope typewriter compass bakery violin sailor meadow chimney ceramics glacier beekeeper
"""
_CHINESE: Final = """
服务器 请求 数据库 索引 模板 会话 线程 路由 缓存 查询 表结构 游标 响应头 队列 连接 进程 内核 缓冲区
解析器 编译器 令牌 指针 花园 港口 厨房 笔记本 冬天 山路 自行车 图书馆 咖啡 铁路 灯笼 果园 望远镜
打字机 指南针 面包店 小提琴 水手 草地 烟囱 陶瓷 冰川 养蜂人
"""
_ENGLISH_PARTS: Final = (
    "amber birch cinder dusk ember fern granite heron iron juniper kelp linden maple nettle otter",
    "ward field mere stone brook wick thorpe holm gate haven moor ridge shaw well combe",
)
_CHINESE_PARTS: Final = (
    "琥珀 白桦 余烬 黄昏 蕨叶 花岗 苍鹭 玄铁 杜松 海带 菩提 红枫 荨麻 水獭 青铜",
    "渡口 原野 湖畔 石桥 溪谷 村落 小径 洲头 城门 泊湾 荒原 山脊 林地 古井 峡谷",
)
ENGLISH: Final = tuple(_ENGLISH.split())
CHINESE: Final = tuple(_CHINESE.split())
RARE_ENGLISH: Final = tuple(
    head + tail for head in _ENGLISH_PARTS[0].split() for tail in _ENGLISH_PARTS[1].split()
)
RARE_CHINESE: Final = tuple(
    head + tail for head in _CHINESE_PARTS[0].split() for tail in _CHINESE_PARTS[1].split()
)
ENGLISH_SENTENCES: Final = (
    "The {0} answers before the {1} has finished, which surprised us more than once.",
    "We measured the {0} twice and kept the slower figure, because the {1} was warm.",
    "Nobody reads about a {0} for pleasure, yet the {1} depends on it every day.",
    "When the {0} is full, the {1} waits; when it is empty, *nothing* happens at all.",
    "A good {0} is one that you can explain to a friend beside the {1}.",
    "It took **three evenings** to move the {0} out of the {1} without losing a line.",
    "See [the earlier notes](/archive/) on how a {0} meets a {1}.",
    "Set `{0}_size` to 8 first, and look at the {1} again after a week.",
)
CHINESE_SENTENCES: Final = (
    "{0}还没有处理完，{1}就已经返回了结果，这一点多次让我们感到意外。",
    "我们把{0}测量了两遍，保留了较慢的数字，因为{1}当时已经预热。",
    "没有人会为了消遣去读{0}的文档，但是{1}每天都依赖它。",
    "当{0}满了的时候，{1}只能等待；空了的时候，*什么也不会发生*。",
    "好的{0}应该能在{1}旁边向朋友讲清楚。",
    "花了**三个晚上**才把{0}从{1}里搬出来，一行也没有丢。",
    "关于{0}和{1}的关系，请看[以前的笔记](/archive/)。",
    "先把`{0}`设成 8，一周以后再看{1}的变化。",
)
CODE: Final = (
    (
        "python",
        "def read(path, limit={0}):\n    with open(path) as file:\n        return file.read(limit)",
    ),
    ("sql", "SELECT id, title FROM post\nWHERE published_at <= :now\nORDER BY id DESC LIMIT {0};"),
    ("bash", 'for n in $(seq 1 {0}); do\n  curl -fsS "http://localhost/?n=$n" > page-$n\ndone'),
    ("js", "const rows = items.slice(0, {0}).map((item) => item.title);\nconsole.log(rows);"),
    ("json", '{{"error_code": 0, "msg": "ok", "limit": {0}}}'),
)
ENGLISH_TITLES: Final = (
    "Notes on the {0} and the {1}",
    "What the {0} taught us about a {1}",
    "A small {0} for every {1}",
    "How we moved the {0} behind the {1}",
)
CHINESE_TITLES: Final = ("{0}与{1}的笔记", "从{0}学到的{1}", "为{1}准备的{0}", "把{0}放到{1}后面")
TAGS: Final = ("python", "数据库", "web", "随笔", "flask", "linux", "摄影", "sql", "travel", "实习")
