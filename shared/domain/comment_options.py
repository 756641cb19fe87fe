"""The settings of comments, which the class of the site's settings takes up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.options import ChoiceOption, FlagOption, NumberOption, TextOption, setting
from shared.saying import say


@dataclass(frozen=True, kw_only=True)
class CommentOptions:
    """Whether visitors may comment, and what happens to what they say."""

    comments_open: bool = setting(
        False,
        FlagOption(
            title=say("Visitors may comment on posts"),
            group="comments",
            help=say("Each post and page can say otherwise."),
        ),
    )
    comments_moderation: str = setting(
        "first",
        ChoiceOption(
            title=say("What waits for approval"),
            group="comments",
            choices={
                "all": say("every comment"),
                "first": say("the first of each person"),
                "none": say("none but what looks like spam"),
            },
        ),
    )
    comments_close_days: int = setting(
        0,
        NumberOption(
            title=say("Days after which comments close"),
            group="comments",
            help=say("0 leaves them open."),
            least=0,
            most=36_500,
        ),
    )
    comments_links: int = setting(
        2, NumberOption(title=say("Links before one waits"), group="comments", least=0, most=100)
    )
    comments_blocked: str = setting(
        "",
        TextOption(
            title=say("Words and addresses that mark spam"),
            group="comments",
            help=say("One a line."),
            most=10_000,
            lines=6,
        ),
    )
    comments_keep_days: int = setting(
        30,
        NumberOption(
            title=say("Days for which spam and trash among comments are kept"),
            group="comments",
            help=say("0 keeps them."),
            least=0,
            most=3_650,
        ),
    )

    def are_shown(self, kind: str, choice: str) -> bool:
        """Tell whether a post or page shows comments; `choice` is what it says itself."""
        if choice:
            return choice != "off"
        return self.comments_open and kind == "post"

    def are_taken(self, kind: str, choice: str, published_at: datetime, now: datetime) -> bool:
        """Tell whether comments are taken now below what was published then."""
        end = self.close_at(published_at)
        is_open = choice != "closed" and self.are_shown(kind, choice)
        return is_open and (end is None or now < end)

    def close_at(self, published_at: datetime) -> datetime | None:
        """Return when comments close, None when they stay open."""
        days = self.comments_close_days
        return published_at + timedelta(days=days) if days else None

    @property
    def blocked_words(self) -> tuple[str, ...]:
        """The words that mark spam, without regard to case."""
        lines = map(str.strip, self.comments_blocked.casefold().splitlines())
        return tuple(line for line in lines if line)
