"""What is handed out: a wheel and an sdist that hold what fatu needs and nothing else, and work on any Python it names.

An environment as pip would make it is put together from links to what is installed here, so that nothing has to be
fetched; other versions of Python install the wheel from the registry, with the tested versions.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PathDistribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from commands import ROOT, Result, environment
from fatu import __version__

pytestmark = pytest.mark.slow

REPORT = "410203-gov-2020"
GOLDEN = ROOT / "graphs" / REPORT
NOT_BUILT = {"source.txt", "README.md"}
PAGE = """<html><head><title>石门县2022年法治政府建设年度报告</title></head><body>
<p>石门县2022年法治政府建设年度报告</p>
<p>2022年，石门县人民政府深入推进法治政府建设。县司法局受理行政复议案件9件，审结8件，结案率90%。</p></body></html>"""


def build(folder: Path, out: Path, *targets: str) -> list[Path]:
    """What hatchling builds of a source tree."""
    command = [sys.executable, "-m", "hatchling", "build", "-d", out]
    subprocess.run(
        [*command, *(part for target in targets for part in ("-t", target))], cwd=folder, check=True
    )
    return [next(out.glob({"wheel": "*.whl", "sdist": "*.tar.gz"}[target])) for target in targets]


@dataclass(frozen=True)
class Built:
    """The two files that are handed out, and the names in them."""

    wheel: Path
    sdist: Path
    wheel_names: frozenset[str]
    sdist_names: frozenset[str]
    """Without the folder that all are in."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    wheel, sdist = build(ROOT, tmp_path_factory.mktemp("dist"), "wheel", "sdist")
    with zipfile.ZipFile(wheel) as archive:
        wheel_names = frozenset(archive.namelist())
    with tarfile.open(sdist) as archive:
        sdist_names = frozenset(each.name.partition("/")[2] for each in archive if each.isfile())
    return Built(wheel, sdist, wheel_names, sdist_names)


def committed(*paths: str) -> set[str]:
    """The files below paths that are committed, or will be; the test skips outside a checkout."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *paths]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no checkout: what is committed cannot be told")
    return set(done.stdout.decode().split("\0")) - {""}


# ------------------------------------------------------------------------------------------------- contents


def test_the_wheel_holds_the_package_with_its_tables_and_pages_and_the_ontology(built: Built) -> None:
    package = {name.removeprefix("src/") for name in committed("src/fatu")}
    ontology = {f"fatu/{name}" for name in committed("ontology")}
    assert {name for name in built.wheel_names if ".dist-info/" not in name} == package | ontology
    assert {"fatu/py.typed", "fatu/ontology/shapes.ttl", "fatu/viewing/templates/explorer.js"} - package == {
        "fatu/ontology/shapes.ttl", "fatu/viewing/templates/explorer.js",
    }  # fmt: skip


def test_the_sdist_holds_what_is_committed_and_no_more(built: Built) -> None:
    """Nothing that was fetched (the query editor, say) or built: only what is ours."""
    assert built.sdist_names - {"PKG-INFO"} == committed()


def test_both_are_small(built: Built) -> None:
    assert built.wheel.stat().st_size < 3_000_000
    assert built.sdist.stat().st_size < 10_000_000


def test_the_sdist_builds_the_same_wheel(built: Built, tmp_path: Path) -> None:
    with tarfile.open(built.sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    (wheel,) = build(source, tmp_path / "dist", "wheel")
    assert wheel.name == built.wheel.name
    assert wheel.read_bytes() == built.wheel.read_bytes()


# ------------------------------------------------------------------------------- an environment of its own


@dataclass(frozen=True)
class Environment:
    """A virtual environment that the wheel is in."""

    python: Path

    def run(self, *arguments: str | Path, cwd: Path) -> Result:
        """`python …`, without the locale and Python settings of this process."""
        kept = {k: v for k, v in environment().items() if k != "PYTHONPATH"}
        command = [str(self.python), *map(str, arguments)]
        done = subprocess.run(command, cwd=cwd, env=kept, capture_output=True, timeout=120)
        return Result(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    def fatu(self, *arguments: str | Path, cwd: Path) -> Result:
        return self.run("-m", "fatu", *arguments, cwd=cwd)


def needed(
    of: Distribution, extras: Iterable[str], found: dict[str, Distribution]
) -> dict[str, Distribution]:
    """The distributions that one needs with its extras, as installed here, added to those found already."""
    for line in of.requires or ():
        need = Requirement(line)
        if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            known = need.name.lower().replace("_", "-")
            if known not in found:
                found[known] = distribution(need.name)
                needed(found[known], need.extras, found)
    return found


Environments = Callable[..., Environment]


@pytest.fixture(scope="module")
def environment_with(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Environments:
    """Makes an environment with the wheel, what it needs with some extras, and a line of Python run at each start."""

    def make(*extras: str, at_start: str = "") -> Environment:
        folder = tmp_path_factory.mktemp("venv")
        venv.create(folder, symlinks=os.name != "nt")
        (site,) = folder.glob("lib/python*/site-packages")
        with zipfile.ZipFile(built.wheel) as archive:
            archive.extractall(site)
        (metadata,) = site.glob("fatu-*.dist-info")
        for found in needed(PathDistribution(metadata), extras, {}).values():
            for name in {file.parts[0] for file in found.files or ()} - {"..", "__pycache__"}:
                if not (site / name).exists():
                    (site / name).symlink_to(Path(str(found.locate_file(name))).absolute())
        (site / "sitecustomize.py").write_text(at_start, encoding="utf-8")
        return Environment(folder / "bin" / "python")

    return make


@pytest.fixture(scope="module")
def bare(environment_with: Environments) -> Environment:
    """Without extras."""
    return environment_with()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder outside the checkout with the sample."""
    shutil.copy(GOLDEN / "source.txt", tmp_path)
    return tmp_path


def assert_works(run: Callable[..., Result], place: Path) -> None:
    """The version, the sample's graph byte for byte with its page, a question in words, and the named queries."""
    assert run("--version", cwd=place).out.split() == ["fatu,", "version", __version__]
    done = run("build", "source.txt", cwd=place)
    assert (done.code, done.out) == (0, ""), done.err
    made = place / "graphs" / REPORT
    for golden in GOLDEN.iterdir():
        if golden.name not in NOT_BUILT | {"explorer.html"}:
            assert (made / golden.name).read_bytes() == golden.read_bytes(), golden.name
    page = (made / "explorer.html").read_text(encoding="utf-8")
    assert page.endswith("</html>") and "行政复议结案率" in page
    answer = run("ask", "2020年行政复议结案率是多少?", cwd=place)
    assert answer.code == 0 and "90" in answer.out, answer.err
    assert "reconsideration" in run("queries", cwd=place).out
    assert run("query", "ASK { ?report a fatu:Report }", cwd=place).out.strip() == "true"


def test_it_works_without_extras_outside_the_checkout(bare: Environment, place: Path) -> None:
    told = bare.run("-c", "import fatu, sys; print(fatu.__file__, *sys.path)", cwd=place).out
    assert str(ROOT) not in told
    assert_works(bare.fatu, place)


def test_its_types_are_those_of_the_checkout(bare: Environment, place: Path) -> None:
    (place / "own.py").write_text("import fatu\nreveal_type(fatu.build('x').findings)\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--python-executable",
        bare.python,
        "--cache-dir",
        place / "c",
        "own.py",
    ]
    checked = subprocess.run(
        command, cwd=place, env=environment(PYTHONPATH=""), capture_output=True, text=True
    )
    assert re.search(r'is "(builtins\.)?tuple\[fatu\.model\.Finding, \.\.\.\]"', checked.stdout), (
        checked.stdout
    )


# -------------------------------------------------------------------------------------------- missing extras


def word_file() -> bytes:
    from io import BytesIO

    with zipfile.ZipFile(data := BytesIO(), "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return data.getvalue()


FILES = {
    "report.html": PAGE.encode(),
    "report.docx": word_file(),
    "report.pdf": b"%PDF-1.7\n",
    "report.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
}
MISSING = [
    *((["extract", name], "files") for name in FILES),
    (["build", "report.html"], "files"),
    (["export", GOLDEN, "--to", "xlsx", "-o", "t.xlsx"], "tables"),
    (["export", GOLDEN, "--to", "parquet", "-o", "t.parquet"], "tables"),
    (["compare", "--data", GOLDEN, "-o", "t.duckdb"], "tables"),
    (["compare", "--data", GOLDEN, "-o", "t.xlsx"], "tables"),
    (["load", GOLDEN, "--store", "http://127.0.0.1:1/"], "stores"),
    (["query", "reconsideration", "--store", "http://127.0.0.1:1/"], "stores"),
    (["serve", "--data", GOLDEN], "serve"),
    (["corpus", "build", ".", "--store", "s", "--scheduler", "tcp://127.0.0.1:1"], "dask"),
]


@pytest.mark.parametrize(("arguments", "extra"), MISSING, ids=[f"{a[0]}-{a[-1]}"[:40] for a, _ in MISSING])
def test_a_missing_extra_is_one_line_with_the_command_that_installs_it(
    arguments: list[str | Path], extra: str, bare: Environment, place: Path
) -> None:
    for name, data in FILES.items():
        (place / name).write_bytes(data)
    told = bare.fatu(*arguments, cwd=place)
    assert (told.code, told.out) == (2, "")
    assert told.err.endswith(f'; pip install "fatu[{extra}]"\n') and told.err.count("\n") == 1, told.err


@pytest.mark.parametrize(
    ("code", "extra"),
    [
        ("fatu.build('source.txt').query('reconsideration').to_pandas()", "tables"),
        ("fatu.compare('s').to_pandas()", "tables"),
        ("as_rdflib('s')", "stores"),
    ],
)
def test_a_missing_extra_is_told_in_python_too(code: str, extra: str, bare: Environment, place: Path) -> None:
    bare.fatu("load", GOLDEN, "--store", "s", cwd=place)
    told = bare.run("-c", f"import fatu\nfrom fatu.storing import as_rdflib\n{code}", cwd=place)
    assert re.fullmatch(
        rf'fatu\.errors\.UsageError: .* is not installed; pip install "fatu\[{extra}\]"',
        told.err.splitlines()[-1],
    )


def test_files_without_ocr_say_so_of_pictures(environment_with: Environments, place: Path) -> None:
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed: pip install 'fatu[files]'")
    image.new("RGB", (400, 400), "white").save(place / "scan.png")
    told = environment_with("files").fatu("extract", "scan.png", cwd=place)
    assert told.code == 2 and told.err.endswith('; pip install "fatu[ocr]"\n'), told.err


# --------------------------------------------------------------------------------------------- other systems

WINDOWS = """
import builtins, ctypes, os

POSIX = {"fcntl", "resource", "pwd", "grp", "termios", "pty", "posix"}
imported = builtins.__import__


def without_posix(name, globals=None, *rest, **options):
    if name in POSIX and str((globals or {}).get("__name__")).startswith("fatu"):
        raise ModuleNotFoundError(name)
    return imported(name, globals, *rest, **options)


class Library(ctypes.CDLL):
    def __init__(self, name, *rest, **options):
        if name is None:
            raise TypeError("argument of type 'NoneType' is not iterable")
        super().__init__(name, *rest, **options)


builtins.__import__ = without_posix
ctypes.CDLL = Library
del os.sched_getaffinity
"""
"""What Windows lacks, taken away; only from fatu, where the standard library needs it here."""


def test_what_windows_lacks_is_not_needed(environment_with: Environments, place: Path) -> None:
    windows = environment_with("files", at_start=WINDOWS)
    (place / "网页.html").write_text(PAGE, encoding="gb18030")
    done = windows.fatu("build", "source.txt", "网页.html", cwd=place)
    assert done.code == 0, done.err
    assert (place / "graphs/430726-gov-2022/explorer.html").is_file()
    done = windows.fatu(
        "corpus", "build", "source.txt", "网页.html", "--store", "s", "--workers", "2", cwd=place
    )
    assert done.code == 0, done.err
    assert "结案率90%" in windows.fatu("query", "reconsideration", "--store", "s", cwd=place).out


# --------------------------------------------------------------------------------------------- other Pythons


def pythons(minor: str) -> Iterator[str]:
    """Commands that may start a version of Python: on the path, and those of pyenv."""
    if found := shutil.which(f"python{minor}"):
        yield found
    versions = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser() / "versions"
    yield from (str(each) for each in sorted(versions.glob(f"{minor}.*/bin/python")))


def is_python(command: str, minor: str) -> bool:
    asked = subprocess.run(
        [command, "-c", "import ensurepip, sys; print(sys.version)"], capture_output=True, text=True
    )
    return asked.returncode == 0 and asked.stdout.startswith(f"{minor}.")


def list_versions() -> str:
    """The lines of constraints.txt without hashes, which a wheel that was just built cannot have."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    return "\n".join(
        line.removesuffix("\\").strip() for line in text.splitlines() if re.match(r"[\w.-]+==", line)
    )


@pytest.mark.parametrize("minor", ["3.11", "3.12", "3.13"])
def test_it_is_installed_by_pip(minor: str, built: Built, place: Path) -> None:
    python = next((each for each in pythons(minor) if is_python(each, minor)), None)
    if python is None:
        pytest.skip(f"Python {minor} is not here")
    subprocess.run([python, "-m", "venv", place / "venv"], check=True)
    (place / "versions.txt").write_text(list_versions(), encoding="utf-8")
    install = [
        place / "venv/bin/python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "-c",
        place / "versions.txt",
        built.wheel,
    ]
    done = subprocess.run(install, capture_output=True, text=True, timeout=600)
    if done.returncode and os.environ.get("CI") != "true":
        pytest.skip(f"no packages could be had: {done.stderr.splitlines()[-1]}")
    assert done.returncode == 0, done.stderr
    command = Environment(place / "venv/bin/fatu")
    assert_works(command.run, place)
