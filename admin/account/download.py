"""One's own data as a download."""

import json

from flask import Response

from admin.access import requires
from admin.account.own_data import take_out
from admin.account.proving import recently_proved
from admin.account.routes import route
from admin.acting import me, work
from shared.domain.permissions import Permission
from shared.domain.users import get_user
from shared.web import commit, now, session


@route("download", methods=["POST"])
@requires(Permission.CONSOLE_ENTER)
@recently_proved
def download() -> Response:
    """Send everything that is kept about whoever asks, and nothing about anyone else."""
    taken = take_out(get_user(session(), me().user.id), work=work())
    commit()
    text = json.dumps(taken, ensure_ascii=False, indent=2)
    response = Response(text, mimetype="application/json", headers={"Cache-Control": "no-store"})
    name = f"{me().user.name}-{now():%Y-%m-%d}.json"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
