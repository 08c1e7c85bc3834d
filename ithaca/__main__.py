"""`python -m ithaca COMMAND`: the operator's commands; `ithaca match` is the matchmaker, which needs no server.

`ithaca match` takes the matchmaker's own commands (`ithaca match explain …`); if options follow directly, `match` is
meant (`ithaca match --mentees …`). `ithaca version` says which Ithaca this is.
"""

import os
import sys

from ithaca import __version__


def main() -> None:
    """Run the command named on the command line. Ithaca's version is its own answer, as Django would give Django's."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ithaca.config.settings")
    if sys.argv[1:] in (["version"], ["--version"]):
        sys.stdout.write(f"ithaca {__version__}\n")
        return
    if sys.argv[1:2] == ["match"]:
        from matchmaker.cli import main as match

        words = sys.argv[2:]
        if words and words[0].startswith("-") and words[0] not in ("-h", "--help"):
            words = ["match", *words]
        sys.exit(match(words))
    from django.core.management import execute_from_command_line

    command = [word if word.startswith("-") else word.replace("-", "_") for word in sys.argv[1:2]]
    execute_from_command_line([sys.argv[0], *command, *sys.argv[2:]])


if __name__ == "__main__":
    main()
