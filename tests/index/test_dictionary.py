from collections.abc import Iterator
from pathlib import Path

import pytest

from hyqa.config import Settings
from hyqa.index.dictionary import MAX_WORDS, CompiledDictionary, Rendering, english_stems


@pytest.fixture(scope="module")
def dictionary(cache: Path) -> Iterator[CompiledDictionary]:
    opened = CompiledDictionary(Settings.from_environment().cache)
    yield opened
    opened.close()


def of(word: str, dictionary: CompiledDictionary) -> list[Rendering]:
    return [one for one in dictionary.renderings([f"_{word[:2]}"]) if one.chinese == word]


def test_a_word_is_rendered_by_its_glosses_in_their_order(dictionary: CompiledDictionary) -> None:
    assert [one.english for one in of("补贴", dictionary)][:3] == [
        ("subsid",),
        ("subsidi",),
        ("allow",),
    ]
    assert [one.rank for one in of("补贴", dictionary)][:3] == [0, 1, 2]


def test_explanations_measure_words_and_references_are_no_renderings(
    dictionary: CompiledDictionary,
) -> None:
    assert of("衡阳", dictionary) == []  # "Hengyang prefecture-level city in Hunan": it explains
    assert all("cl" not in one.english for one in of("政策", dictionary))
    assert of("源源本本", dictionary) == []  # "variant of …"
    stems = dictionary.renderings(["tax", "invest", "subsidi", "park"])
    assert all(0 < len(one.english) <= MAX_WORDS for one in stems)


def test_asides_of_a_gloss_are_left_out(dictionary: CompiledDictionary) -> None:
    assert ("preferenti",) in [
        one.english for one in of("优惠", dictionary)
    ]  # "preferential (treatment)"


def test_renderings_are_chosen_by_either_side(dictionary: CompiledDictionary) -> None:
    english = ("tax", "free")
    found = {one.chinese for one in dictionary.renderings(["tax"]) if one.english == english}
    assert "免税" in found


def test_a_number_that_is_a_word_is_found_by_itself(dictionary: CompiledDictionary) -> None:
    assert "996" in {one.chinese for one in dictionary.renderings(["996"])}
    assert list(dictionary.renderings(["99"])) == []


def test_names_are_no_common_words(dictionary: CompiledDictionary) -> None:
    assert dictionary.is_common("women")
    assert dictionary.is_common("subsidy")
    assert not dictionary.is_common("hengyang")


def test_stems_leave_function_words_out() -> None:
    assert english_stems("What are the subsidies for doctors?") == ("subsidi", "doctor")
    assert english_stems("补贴 42 %") == ()


@pytest.fixture
def _few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """To compile all words takes seconds."""
    words = [("补贴", "subsidy/allowance"), *((f"词{number}", "word") for number in range(500))]
    monkeypatch.setattr("hyqa.index.dictionary._entries", lambda: iter(words))


@pytest.mark.usefixtures("_few_words")
def test_it_is_compiled_once_and_anew_where_it_is_damaged(tmp_path: Path) -> None:
    CompiledDictionary(tmp_path).close()
    [file] = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-4096])  # cut off, as by a full disk
    opened = CompiledDictionary(tmp_path)
    assert of("补贴", opened)
    opened.close()
    assert file.stat().st_size == len(whole)
    stamp = file.stat().st_mtime_ns
    CompiledDictionary(tmp_path).close()
    assert file.stat().st_mtime_ns == stamp
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.usefixtures("_few_words")
def test_without_a_folder_to_keep_it_in_it_works_from_memory(tmp_path: Path) -> None:
    nowhere = tmp_path / "file"
    nowhere.write_text("no folder", encoding="utf-8")
    opened = CompiledDictionary(nowhere)
    assert of("补贴", opened)
    opened.close()
