"""The site's own words, in English and Simplified Chinese.

The SITE's language chooses, never the visitor's Accept-Language: a page is a function of its
address and its content. Some fifty fixed phrases need no catalogue files and no extraction; a
frozen dataclass lets mypy find a missing one.
"""

from dataclasses import dataclass

from frontend.comments import words as comment_words


@dataclass(frozen=True, kw_only=True)
class Words:
    """The phrases of the site in one language; `{}` is filled by the template."""

    language: str
    skip: str
    home: str
    archive: str
    topics: str
    tags: str
    categories: str
    search: str
    search_label: str
    feed: str
    feed_of: str
    theme: str
    copy: str
    copied: str
    main_menu: str
    breadcrumb: str
    pages: str
    month: str
    newer: str
    older: str
    page_number: str
    minutes: str
    author: str
    also_in: str
    tagged: str
    contents: str
    older_post: str
    newer_post: str
    neighbours: str
    written_by: str
    nothing_yet: str
    nothing_here: str
    all_years: str
    results: str
    result: str
    many_results: str
    no_results: str
    search_hint: str
    try_these: str
    recent: str
    below: str
    powered: str
    back_home: str
    read_instead: str
    comments: comment_words.CommentWords
    trouble: dict[int, tuple[str, str]]


ENGLISH = Words(
    language="en",
    skip="Skip to content",
    home="Home",
    archive="Archive",
    topics="Topics",
    tags="Tags",
    categories="Categories",
    search="Search",
    search_label="Search this site",
    feed="Feed",
    feed_of="{} (Atom feed)",
    theme="Light or dark",
    copy="Copy",
    copied="Copied",
    main_menu="Main",
    breadcrumb="Where you are",
    pages="Pages of the list",
    month="{1} {0}",
    newer="Newer",
    older="Older",
    page_number="Page {}",
    minutes="{} min read",
    author="Author",
    also_in="Also in",
    tagged="Tagged",
    contents="Contents",
    older_post="Before this",
    newer_post="After this",
    neighbours="Other posts",
    written_by="Posts by {}",
    nothing_yet="Nothing has been published yet.",
    nothing_here="Nothing here yet.",
    all_years="All years",
    results="{} results for “{}”",
    result="One result for “{}”",
    many_results="More than {} results for “{}”",
    no_results="Nothing found for “{}”",
    search_hint="Every word must occur. Fewer or shorter words find more.",
    try_these="Perhaps one of these topics",
    recent="Or read what is new",
    below="Within this",
    powered="Published with Triptych",
    back_home="Back to the front page",
    read_instead="Browse the archive",
    comments=comment_words.ENGLISH,
    trouble={
        400: ("That request made no sense", "The address or the form was not one we can read."),
        403: ("This is not open to you", "You have no permission to see this."),
        404: ("There is nothing here", "The page has moved, or never was. A search may find it."),
        405: ("That is not possible here", "This address does not take such a request."),
        410: ("This has been taken down", "It was here once, and was removed for good."),
        413: ("That was too much", "What was sent is larger than this site accepts."),
        429: ("A little slower, please", "Too many requests came from you. Try again shortly."),
        500: ("Something went wrong", "The fault is ours and has been noted. Please try again."),
        503: ("Back in a moment", "The site is being looked after. Please try again shortly."),
    },
)

CHINESE = Words(
    language="zh-Hans",
    skip="跳到正文",
    home="首页",
    archive="归档",
    topics="主题",
    tags="标签",
    categories="分类",
    search="搜索",
    search_label="搜索本站",
    feed="订阅",
    feed_of="{}（Atom 订阅）",
    theme="浅色或深色",
    copy="复制",
    copied="已复制",
    main_menu="主导航",
    breadcrumb="当前位置",
    pages="列表分页",
    month="{0}年{1}",
    newer="较新",
    older="较早",
    page_number="第 {} 页",
    minutes="约 {} 分钟读完",
    author="作者",
    also_in="其他语言：",
    tagged="标签",
    contents="目录",
    older_post="上一篇",
    newer_post="下一篇",
    neighbours="其他文章",
    written_by="{}的文章",
    nothing_yet="还没有发布任何内容。",
    nothing_here="这里还没有内容。",
    all_years="所有年份",
    results="“{1}”的 {0} 条结果",
    result="“{}”的 1 条结果",
    many_results="“{1}”的结果多于 {0} 条",
    no_results="没有找到“{}”",
    search_hint="结果须包含每一个词。词少一些、短一些，找到的会更多。",
    try_these="或许可以看看这些主题",
    recent="或者读读最新的文章",
    below="下级分类",
    powered="由 Triptych 发布",
    back_home="回到首页",
    read_instead="浏览归档",
    comments=comment_words.CHINESE,
    trouble={
        400: ("无法理解这个请求", "地址或表单的内容无法识别。"),
        403: ("这里不对您开放", "您没有查看此内容的权限。"),
        404: ("这里什么也没有", "页面已经移动，或从未存在。可以搜索一下。"),
        405: ("这里不支持该操作", "这个地址不接受这样的请求。"),
        410: ("内容已被撤下", "它曾经在这里，现已永久移除。"),
        413: ("发送的内容太大", "本站不接受这么大的请求。"),
        429: ("请稍慢一些", "您的请求过于频繁，请稍后再试。"),
        500: ("出了点问题", "这是我们的错误，已经记录下来。请稍后再试。"),
        503: ("马上回来", "网站正在维护，请稍后再试。"),
    },
)


def words_of(language: str) -> Words:
    """Choose by the site's language; what we have no words for is served in English."""
    return CHINESE if language.lower().startswith("zh") else ENGLISH
