"""What the code says to people, read from its syntax: texts of errors, of notices, of notes about what was read.

An f-string is told with {} for each value. A name stands for what is assigned to it in the function or the module, a
call of a function of fatu's own for what that returns; so that a text is found wherever it is put together.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fatu

PACKAGE = Path(fatu.__file__).parent
ERRORS = {
    "FatuError", "InputError", "MetadataError", "UsageError", "ArgumentError", "QueryError", "LexiconError",
    "StoreError",
}  # fmt: skip
TELLING = {"tell", "say", "spoken", "note", "_note"}
"""Functions whose first argument is told."""
APART = {"ProtocolError", "AnswerError"}
"""Errors that only answers over HTTP have, which are English: what programs read."""
RETURNING = {
    "find_unheeded", "write_notes", "__str__", "caveat", "_told_edges", "pages_told", "_ending", "_have", "count_words",
    "_found",
}  # fmt: skip
"""Functions whose results are told, or stand in what is told."""
WORDS = {"_WANTED", "LEFT_OUT"}
"""Tables of words that stand in what is told."""
NOTES = {"append", "add"}
"""What puts a text to `notes`."""
GAP = "{}"
_DEEP = 6


@dataclass(frozen=True)
class Said:
    """A text and where the code says it."""

    text: str
    where: str
    is_part: bool = False
    """Whether it is put into others: a number with its noun."""


@dataclass(frozen=True)
class _Module:
    name: str
    tree: ast.Module
    functions: dict[str, ast.FunctionDef]
    constants: dict[str, ast.expr]


@cache
def modules() -> dict[str, _Module]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = {n.name: n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
        constants = dict(pair for node in tree.body for pair in _assigned(node))
        name = path.relative_to(PACKAGE).as_posix()
        found[name] = _Module(name, tree, functions, constants)
    return found


def said_texts() -> list[Said]:
    """All texts, each where it is said first; in the order of files and lines."""
    found: dict[str, Said] = {}
    for module in modules().values():
        for text, line, is_part in _texts_in(module):
            told = re.sub(r"\{\w+\}", GAP, text)
            if any(character.isalpha() for character in told.replace(GAP, "")):
                found.setdefault(told, Said(told, f"{module.name}:{line}", is_part))
    return list(found.values())


def errors_without_remedy() -> list[str]:
    """The files that raise an error without saying what to do."""
    return [
        module.name
        for module in modules().values()
        for _, call in _calls(module.tree, None)
        if _name(call.func) in ERRORS
        and len(call.args) < 3
        and not any(isinstance(argument, ast.Starred) for argument in call.args)
        and not any(keyword.arg == "remedy" for keyword in call.keywords)
    ]


def _texts_in(module: _Module) -> Iterator[tuple[str, int, bool]]:
    for function, call in _calls(module.tree, None):
        name = _name(call.func)
        for text in _texts_of(call, name, function, module):
            yield text, call.lineno, name in ("counted", "count")
        if name == "Known":  # kinds of files: what they are called, and the way out
            for argument, is_part in zip(call.args[2:4], (True, False), strict=False):
                for text in _Resolver(module, function).texts(argument):
                    yield text, call.lineno, is_part
    for name, function in module.functions.items():
        if name in RETURNING or (name == "_told" and module.name.startswith("reading/word")):
            for node in ast.walk(function):
                if isinstance(node, ast.Return | ast.Yield) and node.value is not None:
                    for text in _Resolver(module, function).texts(node.value):
                        yield text, node.lineno, name in ("pages_told", "_ending", "_have")
    for name in WORDS & set(module.constants):
        for text in _Resolver(module, None).texts(module.constants[name]):
            yield text, module.constants[name].lineno, name == "_WANTED"


def _calls(
    node: ast.AST, function: ast.FunctionDef | None
) -> Iterator[tuple[ast.FunctionDef | None, ast.Call]]:
    for child in ast.iter_child_nodes(node):
        inner = child if isinstance(child, ast.FunctionDef) else function
        if isinstance(child, ast.Call):
            yield inner, child
        yield from _calls(child, inner)


def _texts_of(call: ast.Call, name: str, function: ast.FunctionDef | None, module: _Module) -> Iterator[str]:
    resolve = _Resolver(module, function)
    if name in ERRORS or name == "refuse":  # of a table's row: the column, then what an error says
        for argument in call.args[1:3]:
            yield from resolve.texts(argument)
    elif name in TELLING and call.args:
        yield from resolve.texts(call.args[0])
    elif name in NOTES and isinstance(call.func, ast.Attribute) and _name(call.func.value) == "notes":
        yield from resolve.texts(call.args[-1])
    elif name in ("counted", "count") and all(isinstance(noun, ast.Constant) for noun in call.args[1:]):
        nouns = [str(noun.value) for noun in call.args[1:] if isinstance(noun, ast.Constant)]
        yield from (f"{GAP} {noun}" for noun in (nouns if len(nouns) != 1 else (nouns[0], f"{nouns[0]}s")))
    for keyword in call.keywords:
        if keyword.arg in ("notes", "remedy", "problem") and name not in APART:
            yield from resolve.texts(keyword.value)


class _Resolver:
    def __init__(self, module: _Module, function: ast.FunctionDef | None, deep: int = 0) -> None:
        self.module, self.function, self.deep = module, function, deep

    def texts(self, node: ast.expr) -> Iterator[str]:
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(v.value) if isinstance(v, ast.Constant) else GAP for v in node.values)
        elif isinstance(node, ast.IfExp):
            yield from self.texts(node.body)
            yield from self.texts(node.orelse)
        elif isinstance(node, ast.BoolOp):
            for value in node.values:
                yield from self.texts(value)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            right = list(self.texts(node.right)) or [GAP]
            for left in list(self.texts(node.left)) or [GAP]:
                yield from (left + end for end in right)
        elif isinstance(node, ast.Tuple | ast.List):
            for element in node.elts:
                yield from self.texts(element)
        elif isinstance(node, ast.Starred | ast.Subscript):
            yield from self.texts(node.value)
        elif isinstance(node, ast.Dict):
            for value in node.values:
                yield from self.texts(value)
        elif isinstance(node, ast.Name) and self.deep < _DEEP:
            yield from self._named(node.id)
        elif isinstance(node, ast.Call) and self.deep < _DEEP:
            yield from self._returned(node)

    def _named(self, name: str) -> Iterator[str]:
        inner = self._deeper(self.module, self.function)
        nodes = list(ast.walk(self.function)) if self.function else []
        known = [
            t
            for node in nodes
            for target, value in _assigned(node)
            if target == name
            for t in inner.texts(value)
        ]
        yield from known
        for node in nodes:  # problem += " and more"
            if (
                isinstance(node, ast.AugAssign)
                and isinstance(node.target, ast.Name)
                and node.target.id == name
            ):
                yield from (start + end for start in known for end in inner.texts(node.value))
        yield from self._given(name)
        for module in (self.module, *_imported(self.module, name)):
            if name in module.constants:
                yield from self._deeper(module, None).texts(module.constants[name])
                return

    def _given(self, name: str) -> Iterator[str]:
        """What a parameter is given where the function is called in its module."""
        parameters = [argument.arg for argument in self.function.args.args] if self.function else []
        if name not in parameters or self.function is None or self.deep >= _DEEP:
            return
        place = parameters.index(name) - (parameters[0] in ("self", "cls"))
        for function, call in _calls(self.module.tree, None):
            if _name(call.func) == self.function.name and len(call.args) > place >= 0:
                yield from self._deeper(self.module, function).texts(call.args[place])

    def _returned(self, call: ast.Call) -> Iterator[str]:
        name = _name(call.func)
        if name == "tuple" and call.args:
            yield from self.texts(call.args[0])
        for module in (self.module, *_imported(self.module, name)):
            function = module.functions.get(name)
            if function is not None:
                inner = self._deeper(module, function)
                for node in ast.walk(function):
                    if isinstance(node, ast.Return | ast.Yield) and node.value is not None:
                        yield from inner.texts(node.value)
                return

    def _deeper(self, module: _Module, function: ast.FunctionDef | None) -> _Resolver:
        return _Resolver(module, function, self.deep + 1)


def _imported(module: _Module, name: str) -> Iterator[_Module]:
    """The module of fatu's own that a name is imported from."""
    here = module.name.split("/")[:-1]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.level and name in {alias.name for alias in node.names}:
            folder = here[: len(here) - node.level + 1]
            path = "/".join([*folder, *(node.module or "").split(".")]).strip("/")
            for file in (f"{path}.py", f"{path}/__init__.py"):
                if file in modules():
                    found = modules()[file]
                    yield found
                    yield from _imported(found, name)


def _assigned(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.AnnAssign | ast.NamedExpr):
        if isinstance(node.target, ast.Name) and node.value is not None:
            yield node.target.id, node.value
    elif isinstance(node, ast.For | ast.comprehension) and isinstance(node.target, ast.Name):
        yield node.target.id, node.iter
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Name):
                yield target.id, node.value
            elif isinstance(target, ast.Tuple):
                yield from _unpacked(target, node.value)


def _unpacked(target: ast.Tuple, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """Names of (problem, remedy) = ("…", "…") or of two such pairs by a condition."""
    if isinstance(value, ast.Tuple):
        for name, part in zip(target.elts, value.elts, strict=False):
            if isinstance(name, ast.Name):
                yield name.id, part
    elif isinstance(value, ast.IfExp):
        yield from _unpacked(target, value.body)
        yield from _unpacked(target, value.orelse)
    else:
        yield from ((name.id, value) for name in target.elts if isinstance(name, ast.Name))


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
