"""What visitors say: one comment, and all that one person said."""

from admin.views.comments import one, people

VIEWS = (one, people)
