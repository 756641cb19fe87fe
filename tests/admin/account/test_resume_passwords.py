"""The one form that must not be kept in a page: the one of passwords."""

from tests.admin.signing_in import Enter
from tests.cast import PASSWORD, Clock

NEW = "another long sentence"
OWN = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}


def test_passwords_of_a_kept_form_stand_in_no_page(as_: Enter, clock: Clock) -> None:
    cy = as_("Cy")
    form = cy.get("/profile/password/").page.forms[-1]
    clock.forward(hours=3)
    sent = form.filled(current=PASSWORD, password=NEW, repeat=NEW, extra="kept")
    asked = cy.send("/profile/password/", sent, headers=OWN)
    login = asked.page.form.filled(email="cy@example.org", password=PASSWORD)
    offered = cy.send("/login/", login)
    assert (asked.status, "kept" in offered.page.text) == (401, True)
    assert [word in offered.page.html for word in (PASSWORD, NEW)] == [False, False]
