"""`python -m fatu`."""

from .cli import main

main()
