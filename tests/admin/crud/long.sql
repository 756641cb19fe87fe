-- A row of each long table for each number from 1 to 100,000; one of two, three, five and so on
-- has what the others have not. 997 and 101 divide nothing else that is counted by.

INSERT INTO post (id, kind, version, title, slug, summary, excerpt, words, renderer, language,
    meta, author_id, byline, live_id, working_id, created_at, updated_at, first_published_at,
    published_at, expires_at, trashed_at, body, html, comments)
SELECT i, 'post', 1, 'Post ' || (i * 7919 % 100003), 'post-' || i, CASE WHEN i % 5 = 0 THEN
    'Short.' ELSE '' END, '', 3, 1, CASE WHEN i % 2 = 0 THEN 'en' WHEN i % 997 = 0 THEN 'de'
    ELSE 'zh-Hans' END, '{}', 1 + i % 3, '', NULL, NULL, :at, :at, NULL, CASE WHEN i % 10 = 0
    THEN NULL ELSE :at END, NULL, CASE WHEN i % 2000 = 0 THEN :at END, 'Text.', '<p>Text.</p>',
    ''
FROM n;

INSERT INTO tag (id, version, name, slug, description, created_at, updated_at)
SELECT i, 1, 'Tag ' || i, 'tag-' || i, '', :at, :at
FROM n WHERE i < 50;

INSERT INTO category (id, version, name, slug, path, description, created_at, updated_at)
SELECT i, 1, 'Part ' || i, 'part-' || i, 'part-' || i, '', :at, :at
FROM n WHERE i < 30;

INSERT INTO post_tag (post_id, tag_id, listed_at)
SELECT i, 1, :at
FROM n WHERE i % 2 = 0;

INSERT INTO post_tag (post_id, tag_id, listed_at)
SELECT i, 2 + i % 40, :at
FROM n WHERE i % 3 = 0;

INSERT INTO post_category (post_id, category_id, listed_at)
SELECT i, 1 + i % 20, :at
FROM n WHERE i % 49 > 0;

INSERT INTO presentation (post_id, cover, cover_alt, cover_x, cover_y, seo_title,
    seo_description, social_title, social_description, social_image, canonical, template,
    noindex)
SELECT i, CASE WHEN i % 2 = 0 THEN '/media/a.png' ELSE '' END, '', 50, 50, '', '', '', '', '',
    CASE WHEN i % 997 = 0 THEN 'https://elsewhere.example/' ELSE '' END, '', :false
FROM n WHERE i % 3 = 0;

INSERT INTO redirect (version, path, target, post_id, status, origin, created_at, updated_at)
SELECT 1, '/old/' || i || '/', '', i, CASE WHEN i % 997 = 0 THEN 410 ELSE 301 END, CASE WHEN i %
    101 = 0 THEN 'import' ELSE 'slug' END, :at, :at
FROM n;

INSERT INTO audit_event (number, at, actor_kind, actor_id, actor_name, action, object_kind,
    object_id, object_label, data, request_id, mac)
SELECT NULL, :at, 'user', 1 + i % 3, 'Someone', CASE WHEN i % 997 = 0 THEN 'post.trashed' ELSE
    'post.saved' END, 'post', i, 'Post', '{}', '', ''
FROM n;

INSERT INTO mail (address, subject, text, created_at, attempts, sent_at, failed_at, error)
SELECT 'a@example.org', 'Hello', '', :at, 1, CASE WHEN i % 997 > 0 THEN :at END, CASE WHEN i %
    997 = 0 THEN :at END, ''
FROM n;
