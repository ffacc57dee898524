"""The files that Gradio will load are read off its build; what is not recognised is left out."""

from assistant.page.gradio_build import BUILD, FOLDER, read_build


def test_the_files_of_the_components_on_a_page_are_found_in_the_real_build():
    build = read_build({"textbox", "markdown"})
    assert all((BUILD / FOLDER / name).is_file() for name in build.scripts + build.styles)
    assert any(name.startswith("Blocks-") for name in build.scripts)
    assert any(name.startswith("markdown-code-") for name in build.scripts)
    assert f'src="./assets/{build.scripts[0]}"' in (BUILD / "index.html").read_text("utf-8")
    assert build.words["de"].startswith("de-")
    less = read_build({"textbox"})
    assert set(less.scripts) < set(build.scripts)
    assert set(less.styles) < set(build.styles)
    assert read_build({"gibt-es-nicht"}).scripts == read_build(set()).scripts


def test_what_no_component_needs_stays_away():
    scripts = read_build({"textbox", "markdown"}).scripts
    size = sum((BUILD / FOLDER / name).stat().st_size for name in scripts)
    assert len(scripts) == len(set(scripts))
    assert not any("Plot" in name or "Login" in name for name in scripts)
    assert size < 0.1 * sum(file.stat().st_size for file in (BUILD / FOLDER).glob("*.js"))


def test_of_a_build_of_another_shape_the_head_is_left(tmp_path):
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "main-1.js").write_text("import('./' + name)", "utf-8")
    (tmp_path / "index.html").write_text(
        '<script type="module" crossorigin src="./assets/main-1.js"></script>'
        '<link rel="stylesheet" crossorigin href="./assets/main-2.css">',
        "utf-8",
    )
    build = read_build({"textbox"}, tmp_path)
    assert (build.scripts, build.styles) == (("main-1.js",), ("main-2.css",))
