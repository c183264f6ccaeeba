"""Where the packaged program starts."""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a worker process is this same file, started with other arguments
    from annotator.__main__ import main

    sys.exit(main())
