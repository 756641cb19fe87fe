"""The screens of the console, one file a model."""

from typing import Final

from flask import Flask

from admin.crud import Screen, register_screen
from admin.screens.audit import AuditScreen
from admin.screens.categories import CategoryScreen
from admin.screens.clients import ClientScreen
from admin.screens.comments import CommentScreen
from admin.screens.mail import MailScreen
from admin.screens.pages import PageScreen
from admin.screens.posts import PostScreen
from admin.screens.redirects import RedirectScreen
from admin.screens.tags import TagScreen
from admin.screens.users import UserScreen

SCREENS: Final[tuple[type[Screen], ...]] = (
    PostScreen,
    PageScreen,
    CommentScreen,
    CategoryScreen,
    TagScreen,
    UserScreen,
    ClientScreen,
    RedirectScreen,
    MailScreen,
    AuditScreen,
)


def register_screens(app: Flask) -> None:
    """Register every screen."""
    for screen in SCREENS:
        register_screen(app, screen())
