from tests.admin import matrix
from tests.admin.signing_in import enter
from tests.cast import ROLES

OPEN = {
    "account.enrol",
    "account.forgotten",
    "account.invitation",
    "account.link",
    "account.login",
    "account.login_state",
    "account.logout",
    "account.passkey_ask",
    "account.passkey_enter",
    "account.second",
    "account.setup",
    "static",
}


def test_matrix_is_the_committed_one(app):
    assert matrix.table(app) == matrix.COMMITTED.read_text(encoding="utf-8")


def test_matrix_is_what_each_role_meets(app):
    met = {}
    for name, role in ROLES.items():
        browser = enter(app, name)
        token = browser.token()
        for rule in app.url_map.iter_rules():
            if rule.endpoint.startswith(("account.", "static")):
                continue
            path = matrix.place(rule)
            if "GET" in rule.methods:
                status = browser.get(path).status
            else:
                status = browser.send(path, {"csrf_token": token}).status
            met[rule.endpoint, role] = status != 403

    assert met == {(endpoint, role): matrix.allowed(app, endpoint, role) for endpoint, role in met}


def test_visitor_meets_only_the_sign_in_page(app):
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OPEN:
            continue
        path = matrix.place(rule)
        answer = client.get(path) if "GET" in rule.methods else client.post(path)

        assert answer.status_code == 303, rule.endpoint
        assert answer.location.startswith("/login/?next=%2F") or answer.location.startswith(
            "/login/?next=/"
        ), rule.endpoint
