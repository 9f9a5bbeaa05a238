"""`python -m pmm_tui`."""

import sys

from pmm_tui.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
