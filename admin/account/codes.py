"""One-time codes at the console: the secret on offer, its QR code, and whether a code is right."""

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer
from markupsafe import Markup

from admin.account.forms import TotpForm
from admin.acting import site
from shared.domain.totp import address_of, new_secret, use_code
from shared.domain.users import get_user
from shared.domain.work import SYSTEM, Work
from shared.web import now, runtime

OFFERED_SECONDS = 3_600


def offered_secret(form: TotpForm, user_id: int) -> str:
    """Return the secret that the form offers to a person, a new one unless it carries one of ours.

    It is signed for the person: nobody can be made to confirm a secret that someone else knows.
    """
    signer = URLSafeTimedSerializer(str(current_app.secret_key), salt="totp")
    try:
        owner, secret = signer.loads(form.secret.data or "", max_age=OFFERED_SECONDS)
    except BadData:
        owner, secret = None, ""
    if owner != user_id:
        secret = new_secret()
        form.secret.data = signer.dumps([user_id, secret])
    return str(secret)


def qr_code(secret: str, email: str) -> Markup:
    """Return a QR code as an SVG that shows on dark pages too."""
    import segno  # noqa: PLC0415 - loaded by those who set up codes only

    made = segno.make(address_of(secret, email=email, site=site().title), error="m")
    # Of a library, from characters that it encodes itself.
    return Markup(made.svg_inline(scale=4, dark="#000", light="#fff"))  # noqa: S704 - see above


def check_code(user_id: int, code: str) -> bool:
    """Tell whether a code is right, and use it up in a unit of work of its own."""
    with runtime().database.writing() as writing:
        user = get_user(writing, user_id)
        work = Work(session=writing, actor=SYSTEM, at=now())
        if not use_code(user, code, key=runtime().key("totp"), work=work):
            return False
        writing.commit()
    return True
