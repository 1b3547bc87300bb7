"""Many reports: files ─▶ parts ─▶ a store, and what only several reports together tell.

Each file becomes a part, made once and kept by its content, by processes of this machine or the workers of a Dask
cluster. Which of them are the reports of the corpus, what has changed around each, and what a store has to be told
follows from an index on disk, so that memory does not grow with the corpus.
"""

from .building import Corpus, Progress, Summary, Watcher
from .engines import Engine, OneProcess, Processes
from .keys import Setting

__all__ = ["Corpus", "Engine", "OneProcess", "Processes", "Progress", "Setting", "Summary", "Watcher"]
