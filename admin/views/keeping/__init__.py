"""Nothing is lost: trash, undo, the past, and taking everything out."""

from admin.views.keeping import export, time_travel, trash, undo

VIEWS = (export, time_travel, trash, undo)
