"""`python -m generator.cli`: the command `kawaraban` where it is not on the path."""

from generator.cli.entry import main

if __name__ == "__main__":
    main()
