"""Stories in a real browser, on a platform as `make run` starts it.

Each of the five parts of the console has its own:

- writing: `test_editor`, `test_story`, `test_checks`, `test_site_preview`; review in
  `tests/admin/test_review_browser`, keeping in `tests/admin/keeping`;
- history, trash and undo: `test_story`, `test_publishing`, `test_time_travel` and
  `tests/admin/test_history_browser`;
- lists: `test_lists`; media: `test_media`;
- what is around it: `test_comments`, `test_menus`, `test_ways` (a setting put back, merged tags, an
  address asked for in vain), people in `tests/admin/test_people_browser` (invited, two steps,
  sessions that end).
"""
