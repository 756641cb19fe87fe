"""`/v1/posts`: the articles of the site."""

from api.v1.publishing import declare

posts = declare("post", "Articles. Anyone reads what is published; writing needs a client.")
