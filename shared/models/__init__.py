"""The tables, facts about one row, and named selects; nothing here changes content."""

from shared.models.audit import AuditCheck, AuditEvent
from shared.models.base import Base, UtcDateTime
from shared.models.client import CLIENT_STATES, CLIENT_TYPES, ApiClient, ApiToken
from shared.models.comment import COMMENT_STATES, Comment
from shared.models.console import BulkRun, SavedView, UserPreference
from shared.models.editing import OpenEditor
from shared.models.factor import Passkey, PasskeyChallenge, RecoveryCode, TotpSecret
from shared.models.job import Job
from shared.models.mail import Mail
from shared.models.media import MEDIA_KINDS, Media, MediaUse
from shared.models.own_links import PostLink
from shared.models.post import KINDS, Post
from shared.models.presentation import TEMPLATES, PostAuthor, Presentation
from shared.models.preview_link import PreviewLink
from shared.models.publication import Publication
from shared.models.review import REVIEW_STATES, DraftComment, Review
from shared.models.revision import Revision
from shared.models.site import Redirect, SearchEntry, Setting
from shared.models.stamps import PageStamp, PageVersion
from shared.models.taxonomy import (
    Category,
    CategoryAlias,
    PostCategory,
    PostTag,
    Tag,
    TagAlias,
)
from shared.models.trashed import Trashed
from shared.models.undo import Undo
from shared.models.user import ROLES, LoginSession, OneTimeLink, Throttle, User
from shared.models.visits import BrokenLink, DayViews, LinkCheck, MissingPath, PageView

__all__ = [
    "CLIENT_STATES",
    "CLIENT_TYPES",
    "COMMENT_STATES",
    "KINDS",
    "MEDIA_KINDS",
    "REVIEW_STATES",
    "ROLES",
    "TEMPLATES",
    "ApiClient",
    "ApiToken",
    "AuditCheck",
    "AuditEvent",
    "Base",
    "BrokenLink",
    "BulkRun",
    "Category",
    "CategoryAlias",
    "Comment",
    "DayViews",
    "DraftComment",
    "Job",
    "LinkCheck",
    "LoginSession",
    "Mail",
    "Media",
    "MediaUse",
    "MissingPath",
    "OneTimeLink",
    "OpenEditor",
    "PageStamp",
    "PageVersion",
    "PageView",
    "Passkey",
    "PasskeyChallenge",
    "Post",
    "PostAuthor",
    "PostCategory",
    "PostLink",
    "PostTag",
    "Presentation",
    "PreviewLink",
    "Publication",
    "RecoveryCode",
    "Redirect",
    "Review",
    "Revision",
    "SavedView",
    "SearchEntry",
    "Setting",
    "Tag",
    "TagAlias",
    "Throttle",
    "TotpSecret",
    "Trashed",
    "Undo",
    "User",
    "UserPreference",
    "UtcDateTime",
]
