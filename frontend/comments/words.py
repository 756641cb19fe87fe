"""The site's words around comments, in English and Simplified Chinese."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.saying import Saying


@dataclass(frozen=True, kw_only=True)
class CommentWords:
    """The phrases in one language; `{}` is filled in. `sayings` are the domain's, by pattern."""

    none: str
    one: str
    many: str
    feed: str
    at: str
    by_author: str
    answers: str
    gone: str
    answer: str
    answer_to: str
    earlier: str
    later: str
    pages: str
    page: str
    on: str
    first: str
    yours: str
    closed: str
    closes: str
    name: str
    email: str
    body: str
    leave_empty: str
    send: str
    markup: str
    kept: str
    unsent: str
    read_on: str
    old_page: str
    foreign: str
    wait_minute: str
    wait_minutes: str
    still_here: str
    thanks: str
    waiting: str
    back: str
    sayings: Mapping[str, str] = field(default_factory=dict)

    def told(self, sentence: str) -> str:
        """Return a sentence of the domain in this language."""
        if not isinstance(sentence, Saying):
            return sentence
        return self.sayings.get(sentence.pattern, sentence.pattern) % sentence.values

    def count(self, number: int) -> str:
        """Say how many comments there are."""
        return {0: self.none, 1: self.one}.get(number) or self.many.format(number)

    def wait(self, seconds: int) -> str:
        """Say for how long to wait."""
        minutes = -(-seconds // 60)
        return self.wait_minutes.format(minutes) if minutes > 1 else self.wait_minute


ENGLISH = CommentWords(
    none="Comments",
    one="One comment",
    many="{} comments",
    feed="Comments on {} (Atom feed)",
    at="{}, {}",
    by_author="Author",
    answers="in answer to {}",
    gone="Removed",
    answer="Answer",
    answer_to="Answer {}",
    earlier="Earlier comments",
    later="Later comments",
    pages="Pages of comments",
    page="Page {} of {}",
    on="Comments on “{}”",
    first="Nobody has said anything yet.",
    yours="Write a comment",
    closed="Comments are closed.",
    closes="Comments close on {}.",
    name="Name",
    email="E-mail (optional, never shown)",
    body="Comment",
    leave_empty="Leave this empty",
    send="Send",
    markup="You can write *emphasis*, **strong**, `code`, > quotations, lists and web addresses.",
    kept="Your name, your comment and its time are kept for everybody to read; your e-mail address,"
    " if you give one, for the editors alone, who can find and delete your comments by it. Of your"
    " network address only a scrambled number is kept, for ninety days, against spam. No cookie is"
    " set.",
    unsent="Your comment was not sent",
    read_on="Everything that you wrote is still here.",
    old_page="The form was out of date. It is new now: please send it once more.",
    foreign="This came from a form of another site.",
    wait_minute="Too many comments at once. Send it again in a minute.",
    wait_minutes="Too many comments at once. Send it again in {} minutes.",
    still_here="You can copy what you wrote:",
    thanks="Thank you for your comment",
    waiting="It has arrived, and appears below the text as soon as somebody has approved it.",
    back="Back to “{}”",
)

CHINESE = CommentWords(
    none="评论",
    one="1 条评论",
    many="{} 条评论",
    feed="“{}”的评论（Atom 订阅）",
    at="{} {}",
    by_author="作者",
    answers="回复 {}",
    gone="已删除",
    answer="回复",
    answer_to="回复 {}",
    earlier="更早的评论",
    later="更晚的评论",
    pages="评论分页",
    page="第 {} 页，共 {} 页",
    on="“{}”的评论",
    first="还没有人发表评论。",
    yours="发表评论",
    closed="评论已关闭。",
    closes="评论将于 {} 关闭。",
    name="姓名",
    email="电子邮箱（选填，不会公开）",
    body="评论",
    leave_empty="请留空",
    send="发送",
    markup="可以使用 *强调*、**着重**、`代码`、> 引用、列表，也可以直接写网址。",
    kept="我们保存您的姓名、评论内容和时间，所有人都能看到；如果您填写了电子邮箱，也会保存，"
    "只有编辑能看到，凭它可以找到并删除您的评论。您的网络地址只保存为一个无法还原的数字，"
    "九十天后删除，用来防止垃圾评论。不使用 Cookie。",
    unsent="评论没有发出",
    read_on="您写的内容都还在这里。",
    old_page="表单已过期，现已更新，请再发送一次。",
    foreign="这个请求来自其他网站的表单。",
    wait_minute="评论过于频繁，请在一分钟后再发送。",
    wait_minutes="评论过于频繁，请在 {} 分钟后再发送。",
    still_here="您可以复制所写的内容：",
    thanks="感谢您的评论",
    waiting="评论已收到，审核通过后会显示在正文下方。",
    back="回到“{}”",
    sayings={
        "Comments on this are closed.": "这里的评论已关闭。",
        "Give a name.": "请填写姓名。",
        "Give at most %(most)s characters.": "最多 %(most)s 个字符。",
        "Give a whole address, or none.": "请填写完整的地址，或者留空。",
        "Write something first.": "请先写点内容。",
        "The comment that this answers is no longer there.": "所回复的评论已不存在。",
        "You have said this already.": "您已经说过这句话了。",
    },
)
