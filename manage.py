"""Django's own commands, for those who look for them here."""

from ithaca.__main__ import main

if __name__ == "__main__":
    main()
