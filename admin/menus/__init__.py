"""The menus of the site: their lines as a form has them, and what they may lead to."""
