"""`python -m drafting …`: the command line."""

from drafting.cli import main

if __name__ == "__main__":
    main()
