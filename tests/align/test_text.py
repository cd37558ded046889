"""Encodings are found and never silently replaced; languages, directions and joints are right."""

from __future__ import annotations

import codecs
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import EncodingError, FormatError
from align.text import decode, detect_language, direction, is_blank, join_segments, script_of

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
CASES = ROOT / "tests" / "data" / "segmentation"
CYRILLIC = {"windows-1251": "cp1251", "koi8-r": "koi8_r", "cp866": "cp866"}
LETTER = (
    "Дорогая редакция! Пишет вам читатель № 17 из посёлка Ёлкино — того, что за рекой.\r\n"
    "Ваш «Вестник» привозят раз в неделю, и его ждут больше, чем хлеба.\r\n"
)
ENGLISH_HEAVY = (
    "The committee met on Tuesday to discuss the bridge, the ferry and the budget for the coming year.\n"
    "Its chairman, Igor Lapin (Игорь Лапин), said that nothing had been decided.\n"
    "Two members left before the vote; the other five stayed until midnight and signed the minutes.\n"
)


def hard_cases(lang: str) -> list[str]:
    """The texts of the hand-made list for one language."""
    lines = (CASES / f"{lang}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def spelled_in(texts: list[str], codec: str) -> list[str]:
    """Those texts that the codec has all characters of, with a third of a line of its letters at least."""
    found = []
    for text in texts:
        try:
            data = text.encode(codec)
        except UnicodeEncodeError:
            continue
        if sum(byte > 127 for byte in data) >= 12:
            found.append(text)
    return found


RUSSIAN = [*(SEEDS / "interview.ru.segments.txt").read_text(encoding="utf-8").splitlines(), *hard_cases("ru")]


class TestMarkedAndUnicode:
    @pytest.mark.parametrize(
        ("mark", "codec", "name"),
        [
            (codecs.BOM_UTF8, "utf-8", "utf-8"),
            (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
            (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
            (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
            (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
        ],
    )
    def test_a_byte_order_mark_decides_and_is_not_part_of_the_text(
        self, mark: bytes, codec: str, name: str
    ) -> None:
        decoded = decode(mark + LETTER.encode(codec))
        assert (decoded.text, decoded.encoding, decoded.warnings) == (LETTER, name, ())

    @pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
    @pytest.mark.parametrize("text", [LETTER, ENGLISH_HEAVY, "Да.", "No.", "Привет", "会谈结束了。\n"])
    def test_utf_16_without_a_mark_is_known_by_its_zero_bytes(self, text: str, codec: str) -> None:
        decoded = decode(text.encode(codec))
        assert (decoded.text, decoded.encoding) == (text, codec)

    @pytest.mark.parametrize("lang", ["ru", "en", "de", "ar", "zh", "ja", "ko", "uk"])
    def test_utf_8_is_read_as_it_stands_in_any_language(self, lang: str) -> None:
        for text in hard_cases(lang):
            assert decode(text.encode()).text == text

    @given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=0, max_size=60))
    def test_any_text_in_utf_8_with_a_mark_comes_back_unchanged(self, text: str) -> None:
        assert decode(codecs.BOM_UTF8 + text.encode()).text == text.removeprefix("\ufeff")

    def test_line_ends_are_kept(self) -> None:
        assert decode(b"a\r\nb\rc\n").text == "a\r\nb\rc\n"

    def test_nothing_is_an_empty_text(self) -> None:
        assert decode(b"").text == ""

    def test_one_broken_byte_in_utf_8_is_an_error_and_not_another_encoding(self) -> None:
        data = LETTER.encode() + b"\xff" + LETTER.encode()
        with pytest.raises(EncodingError, match=rf"0xFF at offset {len(LETTER.encode())} \(line 3\)"):
            decode(data, name="letter.txt")

    def test_utf_8_that_was_cut_off_is_an_error(self) -> None:
        with pytest.raises(EncodingError, match="utf-8"):
            decode(LETTER.rstrip(".\r\n").encode()[:-1])


class TestOldEncodings:
    @pytest.mark.parametrize("name", CYRILLIC)
    def test_every_russian_line_of_the_samples_is_read_right(self, name: str) -> None:
        texts = spelled_in(RUSSIAN, CYRILLIC[name])
        wrong = [text for text in texts if decode(text.encode(CYRILLIC[name])).text != text]
        assert len(texts) > 100
        assert wrong == []

    @pytest.mark.parametrize("name", CYRILLIC)
    def test_every_russian_line_in_capitals_is_read_right(self, name: str) -> None:
        texts = [text for text in spelled_in([t.upper() for t in RUSSIAN], CYRILLIC[name]) if len(text) > 30]
        wrong = [text for text in texts if decode(text.encode(CYRILLIC[name])).text != text]
        assert len(texts) > 80
        assert wrong == []

    @pytest.mark.parametrize("name", CYRILLIC)
    @pytest.mark.parametrize("length", [20, 40, 120, 1000, 20_000])
    def test_russian_of_any_length_is_read_right(self, name: str, length: int) -> None:
        whole = (SEEDS / "interview.ru.txt").read_text(encoding="utf-8")
        text = "".join(c for c in (whole * 4)[700 : 700 + length] if c not in "—«»–")
        decoded = decode(text.encode(CYRILLIC[name], errors="ignore"))
        assert decoded.encoding == name

    @pytest.mark.parametrize(
        "text", ["Ёлка ещё зелёная.", "Её «ёж» — № 1 в посёлке.", "ПРОСТО ЁЖ.", "Съешь ещё булок!"]
    )
    def test_short_text_with_io_quotes_and_numero_is_windows_1251(self, text: str) -> None:
        assert decode(text.encode("cp1251")).text == text

    @pytest.mark.parametrize("name", CYRILLIC)
    def test_a_few_russian_words_in_english_are_enough(self, name: str) -> None:
        assert decode(ENGLISH_HEAVY.encode(CYRILLIC[name])).text == ENGLISH_HEAVY

    @pytest.mark.parametrize(("lang", "codec"), [("uk", "cp1251"), ("uk", "koi8_u")])
    def test_ukrainian_lines_are_read_right(self, lang: str, codec: str) -> None:
        for text in spelled_in(hard_cases(lang), codec):
            assert decode(text.encode(codec)).text == text

    @pytest.mark.parametrize(
        ("lang", "codec"),
        [
            ("de", "cp1252"),
            ("fr", "cp1252"),
            ("es", "cp1252"),
            ("pt", "cp1252"),
            ("pl", "cp1250"),
            ("cs", "cp1250"),
            ("tr", "cp1254"),
            ("ar", "cp1256"),
            ("zh", "gb18030"),
            ("ja", "cp932"),
            ("ja", "euc_jp"),
            ("ko", "cp949"),
        ],
    )
    def test_other_languages_are_read_right_in_the_encoding_of_their_systems(
        self, lang: str, codec: str
    ) -> None:
        texts = [text for text in hard_cases(lang) if _fits(text, codec)]
        joined = "\n".join(texts)
        assert len(texts) > 5
        assert decode(joined.encode(codec)).text == joined

    def test_a_guess_between_two_is_said_to_be_one(self) -> None:
        assert any("--encoding" in warning for warning in decode("ab \xd0\n".encode("latin-1")).warnings)

    def test_a_clear_case_has_no_warning(self) -> None:
        assert decode(LETTER.encode("cp1251")).warnings == ()


def _fits(text: str, codec: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


class TestEncodingGiven:
    @pytest.mark.parametrize(
        ("given_name", "codec"),
        [
            ("windows-1251", "cp1251"),
            ("CP1251", "cp1251"),
            ("win-1251", "cp1251"),
            ("koi8-r", "koi8_r"),
            ("KOI8-R", "koi8_r"),
            ("cp866", "cp866"),
            ("dos", "cp866"),
            ("latin-1", "latin-1"),
        ],
    )
    def test_it_overrules_what_would_be_found(self, given_name: str, codec: str) -> None:
        data = LETTER.encode("cp1251")
        assert decode(data, given_name).text == data.decode(codec)

    def test_a_mark_is_left_out_all_the_same(self) -> None:
        assert decode(codecs.BOM_UTF8 + b"x", "utf-8").text == "x"

    def test_utf_16_without_a_side_is_looked_at(self) -> None:
        assert decode(LETTER.encode("utf-16-be"), "utf-16").text == LETTER

    @pytest.mark.parametrize("name", ["windows-9999", "", "rot13", "base64", "idna", "a\x00b", "öä"])
    def test_an_unknown_name_is_an_error_that_names_known_ones(self, name: str) -> None:
        with pytest.raises(EncodingError, match="windows-1251"):
            decode(b"x", name)

    def test_bytes_that_it_does_not_have_are_an_error_with_their_place(self) -> None:
        data = b"one\ntwo\n" + "три".encode("cp1251")
        with pytest.raises(EncodingError, match=r"^talk\.txt: byte 0xF2 at offset 8 \(line 3\) is not utf-8"):
            decode(data, "utf-8", name="talk.txt")

    def test_the_line_of_a_bad_byte_is_counted_in_characters_not_bytes(self) -> None:
        data = "Ċ\nĊ\n".encode("utf-16-le") + b"\x00\xd8"
        with pytest.raises(EncodingError, match=r"offset 8 \(line 3\)"):
            decode(data, "utf-16-le")


class TestNotText:
    @pytest.mark.parametrize(
        ("data", "kind"),
        [
            (b"%PDF-1.7 ...", "PDF"),
            (b"PK\x03\x04rest", "ZIP"),
            (b"{\\rtf1 text}", "RTF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
            (b"\x89PNG\r\n\x1a\n", "PNG"),
        ],
    )
    def test_a_known_binary_is_called_by_its_name(self, data: bytes, kind: str) -> None:
        with pytest.raises(FormatError, match=kind):
            decode(data)

    @pytest.mark.parametrize(
        "data", [bytes(range(256)), bytes(range(256)) * 50, b"\x01\x02\x03\x04\x05 text"]
    )
    def test_control_characters_make_it_a_binary(self, data: bytes) -> None:
        with pytest.raises(FormatError, match="not a text file"):
            decode(data)

    @pytest.mark.parametrize("encoding", [None, "windows-1251"])
    def test_a_nul_in_text_is_an_error_with_its_line(self, encoding: str | None) -> None:
        with pytest.raises(FormatError, match="line 2"):
            decode(b"first line of the text\nsecond \x00 line of the text\n", encoding)

    @given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "cp1251", "utf-16", "gb18030"]))
    def test_any_bytes_are_text_or_one_of_the_two_errors(self, data: bytes, encoding: str | None) -> None:
        try:
            shown = decode(data, encoding).text.replace("\n", "")
        except (EncodingError, FormatError) as error:
            shown = str(error)
        assert "\x00" not in shown.replace("\n", "\x00")


class TestLanguage:
    @pytest.mark.parametrize(
        "lang", ["ru", "uk", "en", "de", "fr", "es", "it", "pt", "pl", "cs", "tr", "zh", "ja", "ar", "ko"]
    )
    def test_the_hard_cases_of_a_language_are_in_it(self, lang: str) -> None:
        assert detect_language("\n".join(hard_cases(lang))) == lang

    @pytest.mark.parametrize(
        ("lang", "text"),
        [
            ("ru", "Мы вышли на рассвете и к полудню были уже у реки."),
            ("uk", "Ми вийшли на світанку і до полудня були вже біля річки."),
            ("be", "Мы выйшлі на світанку і да поўдня былі ўжо каля ракі."),
            ("bg", "Тръгнахме на разсъмване и по обяд вече бяхме до реката."),
            ("sr", "Кренули смо у зору и до подне већ били поред реке."),
            ("mk", "Тргнавме во зори и до пладне веќе бевме покрај реката."),
            ("ar", "خرجنا عند الفجر ووصلنا إلى النهر قبل الظهر."),
            ("fa", "سپیده‌دم راه افتادیم و پیش از ظهر به رودخانه رسیدیم."),
            ("zh", "我们黎明出发，中午以前就到了河边。"),
            ("ja", "夜明けに出発し、昼前には川に着いた。"),
            ("ko", "우리는 새벽에 떠나 정오 전에 강에 도착했다."),
            ("he", "יצאנו עם שחר והגענו לנהר לפני הצהריים."),
            ("hi", "हम भोर में निकले और दोपहर से पहले नदी पर पहुँच गए।"),
            ("el", "Ξεκινήσαμε την αυγή και πριν το μεσημέρι ήμασταν στο ποτάμι."),
            ("en", "We left at dawn and were at the river before noon."),
            ("de", "Wir brachen im Morgengrauen auf und waren vor Mittag am Fluss."),
            ("nl", "We vertrokken bij zonsopgang en waren voor de middag bij de rivier."),
            ("sv", "Vi gav oss av i gryningen och var framme vid floden före middag."),
            ("da", "Vi tog af sted ved daggry og var fremme ved floden før middag."),
            ("fi", "Lähdimme aamunkoitteessa ja olimme joella ennen puoltapäivää."),
            ("hu", "Hajnalban indultunk, és dél előtt már a folyónál voltunk."),
            ("ro", "Am plecat în zori și înainte de amiază eram deja la râu."),
            ("vi", "Chúng tôi lên đường lúc bình minh và đến bờ sông trước buổi trưa."),
            ("id", "Kami berangkat saat fajar dan sudah sampai di sungai sebelum tengah hari."),
            ("fr", "Nous sommes partis à l'aube et nous étions au fleuve avant midi."),
            ("es", "Salimos al amanecer y antes del mediodía ya estábamos junto al río."),
            ("pt", "Partimos ao amanhecer e antes do meio-dia já estávamos junto ao rio."),
            ("it", "Siamo partiti all'alba e prima di mezzogiorno eravamo già al fiume."),
            ("pl", "Wyruszyliśmy o świcie i przed południem byliśmy już nad rzeką."),
            ("cs", "Vyrazili jsme za svítání a před polednem jsme už byli u řeky."),
            ("tr", "Şafakta yola çıktık ve öğleden önce nehrin kıyısındaydık."),
        ],
    )
    def test_one_sentence_is_enough(self, lang: str, text: str) -> None:
        assert detect_language(text) == lang

    def test_latin_names_and_links_in_russian_do_not_make_it_english(self) -> None:
        text = "Подробнее: https://example.org/a/very/long/address — об этом пишет The Border Herald."
        assert detect_language(text) == "ru"

    def test_only_the_languages_asked_for_are_answered(self) -> None:
        text = "Ми вийшли на світанку і до полудня були вже біля річки."
        assert detect_language(text, among=["ru", "en"]) == "ru"

    def test_a_script_that_none_of_them_has_cannot_be_told(self) -> None:
        assert detect_language("我们黎明出发。", among=["ru", "en"]) == "und"

    @pytest.mark.parametrize("text", ["", " \n", "12.5 % — №", "😀"])
    def test_a_text_without_letters_cannot_be_told(self, text: str) -> None:
        assert detect_language(text) == "und"

    def test_a_page_of_text_does_not_load_the_large_model(self) -> None:
        code = (
            "import sys; from pathlib import Path; from align.text import detect_language\n"
            f"folder = Path({str(SEEDS)!r})\n"
            "texts = [(folder / f'interview.{x}.txt').read_text('utf-8') for x in ('ru', 'en', 'de')]\n"
            "found = [detect_language(text) for text in texts]\n"
            "assert found == ['ru', 'en', 'de'], found\n"
            "assert 'py3langid' not in sys.modules and 'numpy' not in sys.modules\n"
        )
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)

    @given(st.text(max_size=80))
    def test_any_text_has_an_answer(self, text: str) -> None:
        assert detect_language(text, among=["ru", "ar", "zh"]) in {"ru", "ar", "zh", "und"}


class TestDirectionAndJoints:
    @pytest.mark.parametrize("lang", ["ar", "fa", "he", "ur", "yi", "fa-IR", "AR", "az-Arab", "ar_EG"])
    def test_right_to_left(self, lang: str) -> None:
        assert direction(lang) == "rtl"

    @pytest.mark.parametrize("lang", ["ru", "en", "zh", "az", "ar-Latn", "und", "tr"])
    def test_left_to_right(self, lang: str) -> None:
        assert direction(lang) == "ltr"

    @pytest.mark.parametrize(
        ("lang", "joined"), [("ru", "a b"), ("ko", "a b"), ("zh", "ab"), ("ja", "ab"), ("zh-TW", "ab")]
    )
    def test_segments_are_joined_as_the_language_spaces_them(self, lang: str, joined: str) -> None:
        assert join_segments(["a", "b"], lang) == joined

    @pytest.mark.parametrize(
        ("text", "blank"), [("", True), (" \u200b\u200f\n", True), ("a", False), (" — ", False)]
    )
    def test_a_text_that_shows_nothing_is_blank(self, text: str, blank: bool) -> None:
        assert is_blank(text) is blank

    @pytest.mark.parametrize(
        ("char", "script"),
        [("ж", "cyrillic"), ("ß", "latin"), ("あ", "kana"), ("龍", "han"), ("5", None), ("—", None)],
    )
    def test_a_letter_has_a_script(self, char: str, script: str | None) -> None:
        assert script_of(char) == script
