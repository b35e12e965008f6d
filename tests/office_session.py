"""Runs under the system's python3, which has LibreOffice's bindings: accepts and rejects all changes in files.

    python3 office_session.py PROFILE_FOLDER TARGET_FOLDER FILE.docx...

One office serves all files, for its start is what takes long. Each file is saved again as NAME.accept.docx and
NAME.reject.docx.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]

COMMANDS = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}
PATIENCE = 90.0  # seconds for the office to start on a busy machine


def value(name: str, held: object) -> PropertyValue:
    made = PropertyValue()
    made.Name, made.Value = name, held
    return made


def connected(pipe: str) -> Any:  # noqa: ANN401 - the bindings have no types
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)


def main() -> None:
    profile, target, *files = map(Path, sys.argv[1:])
    pipe = f"changes{profile.stat().st_ino}"
    office = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            f"--accept=pipe,name={pipe};urp;",
        ]
    )
    try:
        context = connected(pipe)
        create = context.ServiceManager.createInstanceWithContext
        desktop = create("com.sun.star.frame.Desktop", context)
        dispatcher = create("com.sun.star.frame.DispatchHelper", context)
        for file in files:
            for name, command in COMMANDS.items():
                document = desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, (value("Hidden", True),))
                dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
                saved = target / f"{file.stem}.{name}.docx"
                document.storeToURL(saved.as_uri(), (value("FilterName", "MS Word 2007 XML"),))
                document.close(True)
        desktop.terminate()
        office.wait(60)
    finally:
        office.kill()


if __name__ == "__main__":
    main()
