"""The pages of what the whole site shares: menus, settings, addresses, names."""

from admin.views.site import broken, menus, merging, missing, site_settings

VIEWS = (broken, menus, merging, missing, site_settings)
