"""Drops files on a window of an X display as a file manager does: the XDND protocol, version 5.

Usage: drop.py PROCESS_GROUP FILE... with DISPLAY in the environment
"""

import os
import sys
import time
from pathlib import Path

from Xlib import X, Xatom, display
from Xlib.protocol import event


def aware(window, group, atom):
    """The window of the process group that takes drops, itself or below."""
    pid = window.get_full_property(atom("_NET_WM_PID"), X.AnyPropertyType)
    takes = window.get_full_property(atom("XdndAware"), X.AnyPropertyType)
    if pid and takes and in_group(pid.value[0], group):
        return window
    for child in window.query_tree().children:
        found = aware(child, group, atom)
        if found:
            return found
    return None


def in_group(pid, group):
    try:
        return os.getpgid(pid) == group
    except ProcessLookupError:
        return False


def main() -> None:
    group, files = int(sys.argv[1]), sys.argv[2:]
    connection = display.Display()
    atom = connection.intern_atom
    root = connection.screen().root
    target = aware(root, group, atom)
    if not target:
        sys.exit("no window of these processes takes drops")
    source = root.create_window(0, 0, 10, 10, 0, X.CopyFromParent, event_mask=X.PropertyChangeMask)
    source.change_property(atom("XdndAware"), Xatom.ATOM, 32, [5])
    source.set_selection_owner(atom("XdndSelection"), X.CurrentTime)
    text = "".join(Path(file).resolve().as_uri() + "\r\n" for file in files).encode()
    uris, copy = atom("text/uri-list"), atom("XdndActionCopy")

    def tell(kind, data):
        message = event.ClientMessage(window=target, client_type=atom(kind), data=(32, data))
        target.send_event(message)
        connection.flush()

    size = target.get_geometry()
    corner = target.translate_coords(root, 0, 0)
    place = (-corner.x + size.width // 2) << 16 | (-corner.y + size.height // 2)
    tell("XdndEnter", [source.id, 5 << 24, uris, 0, 0])
    dropped = False
    last = 0.0
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if not dropped and time.monotonic() - last > 0.3:
            # A target may answer late: it is told again where the pointer is.
            tell("XdndPosition", [source.id, 0, place, X.CurrentTime, copy])
            last = time.monotonic()
        if not connection.pending_events():
            time.sleep(0.02)
            continue
        got = connection.next_event()
        if got.type == X.SelectionRequest:
            got.requestor.change_property(got.property, got.target, 8, text)
            answer = event.SelectionNotify(
                time=got.time, requestor=got.requestor, selection=got.selection,
                target=got.target, property=got.property,
            )
            got.requestor.send_event(answer)
            connection.flush()
        elif got.type == X.ClientMessage and got.client_type == atom("XdndStatus"):
            if got.data[1][1] & 1 and not dropped:
                tell("XdndDrop", [source.id, 0, X.CurrentTime, 0, 0])
                dropped = True
        elif got.type == X.ClientMessage and got.client_type == atom("XdndFinished"):
            return
    sys.exit("the drop was not finished" if dropped else "the window did not accept the drop")


main()
