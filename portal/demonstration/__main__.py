"""`python -m portal.demonstration`: what `make demo` runs."""

import sys

from .start import main

sys.exit(main())
