"""The process that opens foreign files. It gets bytes, gives articles, and may do nothing else."""

from __future__ import annotations

import os
import sys
import traceback
from typing import BinaryIO

from annotator.errors import UserError
from annotator.importers.base import MAX_PDF, checked, importer_for
from annotator.importers.encodings import NOTHING_ADDED
from annotator.importers.process.confinement import CPU, Confinement, limit_time
from annotator.importers.process.replies import Reply, Request, receive_request, send_reply

_ROOM_FOR_A_REPLY = 5  # seconds of computing


def run() -> int:
    """Answer one request after the other, until there is nobody any more who asks."""
    requests, replies = _own_streams()
    confinement = Confinement()
    confinement.begin()
    while True:
        try:
            request, data = receive_request(requests, MAX_PDF)
        except EOFError:
            return 0
        limit_time(CPU)
        reply = _answer(request, data, confinement)
        del data
        limit_time(_ROOM_FOR_A_REPLY + CPU)
        send_reply(replies, reply)
        del reply


def _own_streams() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the program, taken away from whoever prints or reads by habit."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nothing, number)
    os.close(nothing)
    return requests, replies


def _answer(request: Request, data: bytes, confinement: Confinement) -> Reply:
    try:
        reply = _done(request, data)
    except UserError as trouble:
        reply = Reply(refused=(trouble.what, trouble.kept, trouble.todo))
    except MemoryError:
        what = f"“{request.hints.file_name}” takes more memory than a file may."
        reply = Reply(refused=(what, NOTHING_ADDED, "Import a part of it."))
    except RecursionError:
        what = f"“{request.hints.file_name}” can't be read: its parts are nested too deep."
        reply = Reply(
            refused=(what, NOTHING_ADDED, "Copy its text from its own program, and paste that here.")
        )
    except Exception:  # noqa: BLE001 - told to the program, which refuses the file; no file may end this process
        reply = Reply(fault=traceback.format_exc()[-4000:])
    return Reply(
        reply.importer,
        reply.article,
        reply.outline,
        reply.refused,
        reply.fault,
        confinement.take_acts(),
        confinement.most_memory(),
    )


def _done(request: Request, data: bytes) -> Reply:
    hints = request.hints
    importer = importer_for(hints.file_name, data)
    if request.task == "outline":
        parts = importer.outline(data, hints) if importer.outline is not None else ()
        return Reply(importer.name, outline=parts)
    return Reply(importer.name, article=checked(importer.read(data, hints), hints.file_name))


if __name__ == "__main__":
    sys.exit(run())
