"""Version 1 of the API: one module per resource."""

from api.v1.categories import categories
from api.v1.client import client
from api.v1.pages import pages
from api.v1.posts import posts
from api.v1.search import search
from api.v1.tags import tags
from api.v1.users import users

CONTRACTS = (posts, pages, categories, tags, search, users, client)
