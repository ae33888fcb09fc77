from hyqa.index.dictionary import MAX_WORDS, Rendering, common_words, english_stems, renderings


def of(word: str) -> list[Rendering]:
    return list(renderings(lambda chinese, _: chinese == word))


def test_a_word_is_rendered_by_its_glosses_in_their_order() -> None:
    assert [one.english for one in of("补贴")][:3] == [("subsid",), ("subsidi",), ("allow",)]
    assert [one.rank for one in of("补贴")][:3] == [0, 1, 2]


def test_explanations_measure_words_and_references_are_no_renderings() -> None:
    assert of("衡阳") == []  # "Hengyang prefecture-level city in Hunan": it explains
    assert all("cl" not in one.english for one in of("政策"))
    assert of("源源本本") == []  # "variant of …"
    assert all(len(one.english) <= MAX_WORDS for one in renderings(lambda *_: True))


def test_asides_of_a_gloss_are_left_out() -> None:
    assert ("preferenti",) in [one.english for one in of("优惠")]  # "preferential (treatment)"


def test_renderings_are_chosen_by_either_side() -> None:
    found = {one.chinese for one in renderings(lambda _, english: english == ("tax", "free"))}
    assert "免税" in found


def test_names_are_no_common_words() -> None:
    assert "women" in common_words()
    assert "subsidy" in common_words()
    assert "hengyang" not in common_words()


def test_stems_leave_function_words_out() -> None:
    assert english_stems("What are the subsidies for doctors?") == ("subsidi", "doctor")
    assert english_stems("补贴 42 %") == ()
