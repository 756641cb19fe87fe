import json

from tests.admin.transfer.imports import JEKYLL, SEED, bring_in, dump, post, posts, put


def test_import_prints_the_report(run, runtime, tmp_path):
    put(tmp_path, "_posts/2019-01-08-a.md", post("![x](/x.png)\n"))
    done = run("import", "jekyll", str(tmp_path))
    assert done.exit_code == 0
    assert done.output.splitlines()[:2] == ["read           1", "created        1"]
    assert done.output.splitlines()[-1] == ("  _posts/2019-01-08-a.md:3  image not found: /x.png")
    assert list(posts(runtime)) == ["a"]


def test_dry_run_prints_the_same_report_and_says_what_it_was(run, runtime):
    before = dump(runtime)
    dry = run("import", "jekyll", str(JEKYLL), "--dry-run")
    assert dump(runtime) == before
    assert dry.stderr == "Dry run: nothing was changed.\n"
    assert run("import", "jekyll", str(JEKYLL)).stdout == dry.stdout


def test_json_is_for_programs(run, runtime):
    done = run("import", "jekyll", str(SEED), "--json", "--author", "ann@example.org")
    told = json.loads(done.output)
    assert (told["counts"]["created"], told["notices"][0]["kind"]) == (1, "unresolved")
    assert posts(runtime)["flask学习"].author.name == "Ann"


def test_base_url_leads_what_is_missing_to_the_old_site(run, runtime):
    run("import", "jekyll", str(JEKYLL), "--base-url", "https://old.example/")
    body = posts(runtime)["jekyll-stickers-1-dollar-stickermule"].body
    assert "![Jekyll Sticker](https://old.example/img/jekyll-sticker.png)" in body


def test_unknown_author_is_one_line_and_changes_nothing(run, runtime):
    before = dump(runtime)
    done = run("import", "jekyll", str(SEED), "--author", "eve@example.org")
    assert (done.exit_code, done.output) == (1, "Error: There is no account eve@example.org.\n")
    assert dump(runtime) == before


def test_folder_without_posts_is_one_line(run, tmp_path):
    done = run("import", "jekyll", str(tmp_path))
    line = f"Error: {tmp_path} holds no posts: no _posts folder, and no dated files\n"
    assert (done.exit_code, done.output) == (1, line)


def test_folder_that_is_not_there_is_told_as_a_wrong_argument(run, tmp_path):
    done = run("import", "jekyll", str(tmp_path / "gone"))
    assert done.exit_code == 2
    assert done.output.splitlines()[-1].endswith(f"Directory '{tmp_path / 'gone'}' does not exist.")


def test_folder_from_which_nothing_comes_in_fails_with_the_report(run, tmp_path):
    put(tmp_path, "notes.md", post())
    done = run("import", "jekyll", str(tmp_path))
    assert done.exit_code == 1
    assert done.stderr == "Error: nothing came in; the report says why\n"
    assert "notes.md  its name does not begin with a date" in done.stdout


def test_command_and_function_do_the_same(run, runtime, tmp_path):
    put(tmp_path, "_posts/2019-01-08-a.md", post())
    bring_in(runtime, tmp_path)
    assert "unchanged      1\n" in run("import", "jekyll", str(tmp_path)).output
