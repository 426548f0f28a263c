"""Files to trees: places, exact scalars, and everything that a hostile file can try."""

from __future__ import annotations

import datetime
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from pyreco.documents import yaml_text
from pyreco.documents.contents import MAX_BYTES
from pyreco.documents.nodes import MAX_DEPTH, MAX_NODES, Node
from pyreco.documents.reading import node_from_python, read_documents, read_file
from pyreco.errors import Fault, UsageError


def plain(node: Node) -> Any:
    """The values of a tree without places."""
    if isinstance(node.value, dict):
        return {key: plain(member) for key, member in node.value.items()}
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    return node.value


def read(text: str | bytes, name: str = "f.yaml") -> tuple[list[Any], list[Fault]]:
    data = text.encode() if isinstance(text, str) else text
    documents, faults = read_documents(data, name)
    return [plain(document) for document in documents], faults


def the_fault(text: str | bytes, name: str = "f.yaml") -> Fault:
    _, faults = read(text, name)
    assert len(faults) == 1, faults
    return faults[0]


def member(node: Node, *path: str | int) -> Node:
    for step in path:
        assert isinstance(node.value, dict | list)
        node = node.value[step]  # type: ignore[index]
    return node


class TestFormat:
    def test_yaml_has_several_documents(self) -> None:
        assert read("acts: []\n---\npatient: p\n") == ([{"acts": []}, {"patient": "p"}], [])

    def test_json_has_one_document_or_an_array(self) -> None:
        assert read(' {"a": 1} ', "f.json") == ([{"a": 1}], [])
        assert read('[{"a": 1},\n {"a": 2}]', "f.json") == ([{"a": 1}, {"a": 2}], [])

    def test_several_values_in_a_json_file_are_json_lines(self) -> None:
        documents, faults = read('{"a": 1}\n{"a": }\n\n{"a": 3}\n', "f.json")
        assert documents == [{"a": 1}, {"a": 3}]
        assert [fault.line for fault in faults] == [2]

    def test_lines_go_on_after_a_broken_one_and_keep_their_count(self) -> None:
        documents, faults = read_documents(b'{"a": 1}\r\n\r\n{"a"\r\n  [1]\r\n', "f.ndjson")
        assert [(document.index, document.line) for document in documents] == [(0, 1), (2, 4)]
        assert [(fault.line, fault.column) for fault in faults] == [(3, 6)]

    def test_a_line_may_hold_a_line_separator_of_unicode(self) -> None:
        assert read('{"a": "x\u2028y"}\n', "f.jsonl") == ([{"a": "x\u2028y"}], [])

    @pytest.mark.parametrize("name", ["-", "f", "f.txt"])
    def test_without_extension_the_first_character_tells(self, name: str) -> None:
        assert read('\n {"a": [1]}', name)[0] == [{"a": [1]}]
        assert read("\n a: [1]", name)[0] == [{"a": [1]}]
        assert read('{"a": 1}\n{"a": 2}', name)[0] == [{"a": 1}, {"a": 2}]

    def test_the_format_can_be_named(self) -> None:
        documents, _ = read_documents(b'{"a": 1}', "f.yaml", format="json")
        assert plain(documents[0]) == {"a": 1}
        with pytest.raises(UsageError, match="toml"):
            read_documents(b"", "f", format="toml")

    def test_byte_order_mark_and_windows_line_ends(self) -> None:
        documents, faults = read_documents(b"\xef\xbb\xbfa: 1\r\nb:\r\n  c: x\r\n", "f.yaml")
        assert (plain(documents[0]), faults) == ({"a": 1, "b": {"c": "x"}}, [])
        assert member(documents[0], "b", "c").line == 3

    @pytest.mark.parametrize("name", ["f.yaml", "f.json", "f.jsonl", "-"])
    @pytest.mark.parametrize("text", ["", "\n \n\n", "\ufeff"])
    def test_an_empty_file_is_a_fault(self, name: str, text: str) -> None:
        assert "empty" in the_fault(text, name).what

    @pytest.mark.parametrize(("text", "name"), [("# nothing\n", "f.yaml"), ("[]", "f.json")])
    def test_a_file_without_documents_is_a_fault(self, text: str, name: str) -> None:
        assert "no document" in the_fault(text, name).what

    @pytest.mark.parametrize(
        ("text", "name"), [("a: 1\n---\n", "f.yaml"), ("null", "f.json"), ('[{"a": 1}, null]', "f.json")]
    )
    def test_a_null_document_is_a_fault(self, text: str, name: str) -> None:
        assert "document is empty" in the_fault(text, name).what


class TestYamlScalars:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("true", True),
            ("FALSE", False),
            ("~", None),
            ("", None),
            ("Null", None),
            ("yes", "yes"),
            ("off", "off"),
            ("2017-03-02", "2017-03-02"),
            ("2017-03-02T10:00:00Z", "2017-03-02T10:00:00Z"),
            ("1:30", "1:30"),
            ("1_000", "1_000"),
            ("0252652", 252652),
            ("0o17", 15),
            ("0x1F", 31),
            ("-7", -7),
            ("+7", 7),
            ("1e3", 1000.0),
            ("252652.0", 252652.0),
            (".5", 0.5),
            ("-.inf", float("-inf")),
            ("1e400", float("inf")),
            ("'true'", "true"),
            ('"12"', "12"),
            ("!!str 12", "12"),
            ("! 12", "12"),
            ("!!int 12", 12),
            ("!!float 1.5", 1.5),
            ("!!null ''", None),
            ("=", "="),
            ("-", [None]),
        ],
    )
    def test_core_schema(self, text: str, value: object) -> None:
        documents, faults = read(f"a: {text}" if text != "-" else "a:\n- ")
        assert faults == []
        assert documents[0]["a"] == value and type(documents[0]["a"]) is type(value)

    @pytest.mark.parametrize(
        "text",
        [
            "!!python/object/apply:os.system ['true']",
            "!!python/name:os.system x",
            "!!binary aGk=",
            "!!timestamp 2017-03-02",
            "!local x",
            "!<tag:example.org,2020:x> {}",
            "!!set {a: 1}",
            "!!str {a: 1}",
            "!!seq {a: 1}",
            "!!map [1]",
            "!!int twelve",
            "!!bool 1",
        ],
    )
    def test_other_tags_are_faults_and_run_nothing(self, text: str) -> None:
        fault = the_fault(f"a: 1\nb: {text}\n")
        assert (fault.line, fault.path) == (2, "b")
        assert "tag" in fault.what

    def test_merge_keys_are_keys_like_any_other(self) -> None:
        assert read("a: &x {b: 1}\nc:\n  <<: *x\n")[0][0]["c"] == {"<<": {"b": 1}}

    def test_without_libyaml_the_result_is_the_same(self, monkeypatch: pytest.MonkeyPatch) -> None:
        text = "a: &x [1, 'é😀', 2017-03-02]\nb: *x\nc:\n  d: ~\n---\ne: 1.50\ne: 2\n"
        fast, fast_faults = read_documents(text.encode(), "f.yaml")
        monkeypatch.setattr(yaml, "__with_libyaml__", False)
        slow, slow_faults = read_documents(text.encode(), "f.yaml")
        assert [plain(node) for node in fast] == [plain(node) for node in slow]
        assert fast_faults == slow_faults and len(slow_faults) == 1
        assert "not exist" in the_fault('a: "\\UFFFFFFFF"\n').what


class TestExactNumbers:
    @pytest.mark.parametrize("name", ["f.yaml", "f.json", "f.jsonl"])
    @pytest.mark.parametrize("text", ["0.10", "3088.44", "1e400", "9" * 5000, "-0", "12345678901234567890.1"])
    def test_the_literal_stays(self, name: str, text: str) -> None:
        documents, faults = read_documents(f'{{"a": {text}}}'.encode(), name)
        assert faults == []
        assert member(documents[0], "a").text == text
        assert isinstance(member(documents[0], "a").value, int | float)

    @pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "01", "+1", ".5", "1.", "0x10", "1e", "True"])
    def test_what_is_no_number_of_json(self, text: str) -> None:
        assert "not JSON" in the_fault(f'{{"a": {text}}}', "f.json").what


class TestPlaces:
    TEXTS = (
        ("f.yaml", "patient: é😀\nacts:\n  - {id: m1, code: 227636}\n  - id: m2\n    code: 5\n"),
        (
            "f.json",
            '{"patient": "é😀",\n"acts":[\n    {"id": "m1",  "code": 227636},\n    {"id":"m2",\n"code":5}]}',
        ),
    )

    @pytest.mark.parametrize(("name", "text"), TEXTS)
    def test_every_scalar_stands_where_its_place_says(self, name: str, text: str) -> None:
        (document,), _ = read_documents(text.encode(), name)
        lines = text.split("\n")
        for path, word in [
            (("patient",), "é"),
            (("acts", 0, "id"), "m1"),
            (("acts", 0, "code"), "227636"),
            (("acts", 1, "id"), "m2"),
            (("acts", 1, "code"), "5"),
        ]:
            node = member(document, *path)
            assert lines[node.line - 1][node.column - 1 :].lstrip('"').startswith(word)
            line, column = node.key_position
            key = str(path[-1])
            assert lines[line - 1][column - 1 :].lstrip('"').startswith(key)

    @pytest.mark.parametrize("name", ["f.yaml", "f.json", "f.jsonl"])
    def test_a_key_given_twice_is_a_fault_at_the_second(self, name: str) -> None:
        text = '{"acts": [{"id": 1}, {"code": 1, "date": [2], "code": 3}]}'
        documents, faults = read_documents(text.encode(), name)
        (fault,) = faults
        assert (fault.line, fault.column, fault.path) == (1, text.rindex('"code"') + 1, "acts.#2.code")
        assert "'code' is given twice" in fault.what
        assert documents[0].faults == (fault,)
        assert member(documents[0], "acts", 1, "code").value == 1

    def test_a_key_given_twice_in_a_document_of_an_array(self) -> None:
        documents, faults = read_documents(b'[{"a": 1}, {"a": 1, "a": 2}, {"b"}]', "f.json")
        assert [len(document.faults) for document in documents] == [0, 1]
        assert len(faults) == 2

    @pytest.mark.parametrize(
        ("name", "text", "line", "column"),
        [
            ("f.json", '{"a": 1,\n "b" 2}', 2, 6),
            ("f.json", '{"a": 1,}', 1, 9),
            ("f.json", "[{}, ]", 1, 6),
            ("f.json", '{"a": "x\ny"}', 1, 9),
            ("f.json", '{"a": "\\q"}', 1, 8),
            ("f.json", "{'a': 1}", 1, 2),
            ("f.json", '{"a": [1, 2', 1, 12),
            ("f.json", '{"a": 1} x', 1, 10),
            ("f.json", "{}{}", 1, 3),
            ("f.json", "[{}] []", 1, 6),
            ("f.json", '{"a": 1 /* c */}', 1, 9),
            ("f.yaml", "a: [1, 2\nb: 3\n", 2, 2),
            ("f.yaml", "a:\n\t- b\n", 2, 1),
            ("f.yaml", "a: 1\nb: *nowhere\n", 2, 4),
            ("f.yaml", "a: x\x07y\n", 1, 5),
            ("f.yaml", "a: 1\n b: 2\n", 2, 3),
            ("f.yaml", "? [1]\n: 2\n", 1, 3),
        ],
    )
    def test_a_syntax_error_is_one_fault_at_its_place(self, name: str, text: str, line: int, column: int) -> None:
        fault = the_fault(text, name)
        assert (fault.file, fault.line, fault.column) == (name, line, column)

    def test_what_was_found_before_a_syntax_error_is_kept(self) -> None:
        documents, faults = read("a: 1\n---\nb: 1\nb: 2\nc: [\n")
        assert documents == [{"a": 1}]
        assert [fault.line for fault in faults] == [4, 6]


class TestHostile:
    @pytest.mark.parametrize(
        ("data", "line", "column"),
        [
            (b"a: 1\nb: x\x00y", 2, 5),
            (b"a: 1\nb: \xc3\xa9\xff", 2, 5),
            (b"\x80", 1, 1),
            ("a: 1".encode("utf-16"), 1, 1),
            ("a: 1".encode("utf-16-le"), 1, 2),
            ("a: 1".encode("utf-32"), 1, 1),
            (b"PK\x03\x04\x00\x00", 1, 5),
            (b"a: \xed\xa0\x80", 1, 4),
        ],
    )
    @pytest.mark.parametrize("name", ["f.yaml", "f.json", "f.jsonl"])
    def test_what_is_no_text(self, data: bytes, line: int, column: int, name: str) -> None:
        fault = the_fault(data, name)
        assert (fault.line, fault.column) == (line, column)

    def test_an_alias_bomb_does_not_go_off(self) -> None:
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
        assert "aliases make more than" in the_fault("\n".join(lines)).what

    @pytest.mark.parametrize("text", ["a: &x [*x]", "&x a: &y {b: [*y]}", "&x [1, {b: *x}]"])
    def test_an_alias_inside_its_own_anchor(self, text: str) -> None:
        assert "inside its own anchor" in the_fault(text).what

    def test_aliases_that_pile_up_levels(self) -> None:
        lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 100))]
        assert "levels of nesting" in the_fault("\n".join(lines)).what

    def test_aliases_are_values_like_others_and_stand_where_they_are_used(self) -> None:
        documents, faults = read_documents(b"a: &x {b: 1}\nc: *x\n? *x\n: 2\n", "f.yaml")
        assert member(documents[0], "c", "b").value == 1
        assert member(documents[0], "c").line == 2
        assert [fault.what for fault in faults] == ["a list or mapping as a key"]

    @pytest.mark.parametrize("name", ["f.yaml", "f.json", "f.jsonl"])
    @pytest.mark.parametrize(("opened", "count"), [("[", 100_000), ('{"a":', 50_000), ('[{"a":', MAX_DEPTH)])
    def test_deep_nesting(self, name: str, opened: str, count: int) -> None:
        _, faults = read(opened * count, name)
        assert "levels of nesting" in faults[0].what

    @pytest.mark.parametrize("name", ["f.yaml", "f.json", "f.jsonl"])
    def test_the_deepest_that_is_allowed(self, name: str) -> None:
        inner = "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
        assert read(f'{{"a": {inner}}}', name)[1] == []
        assert read(f'{{"a": [{inner}]}}', name)[1] != []

    @pytest.mark.parametrize("name", ["f.yaml", "f.json", "f.jsonl"])
    def test_too_many_values(self, name: str) -> None:
        many = ",".join(["1"] * (MAX_NODES + 1))
        assert "values in one document" in the_fault(f'{{"a":[{many}]}}', name).what
        pairs = ",".join(f'"{n}":1' for n in range(MAX_NODES + 1))
        assert "values in one document" in the_fault(f'{{"a":{{{pairs}}}}}', name).what

    def test_a_lone_surrogate_escape_stays_in_the_string(self) -> None:
        documents, faults = read('{"patient": "\\ud800", "b": "\\ud83d\\ude00"}', "f.json")
        assert (documents, faults) == ([{"patient": "\ud800", "b": "😀"}], [])
        str(the_fault('{"\\ud800": 1, "\\ud800": 2}', "f.json")).encode()

    def test_messages_are_cut_and_escaped(self) -> None:
        key = "\\u001b[31m\\u202e" + "x" * 10_000
        fault = the_fault(f'{{"{key}": 1, "{key}": 2}}', "f.json")
        assert len(str(fault)) < 200
        assert str(fault).isprintable()
        assert fault.path == "?"

    def test_a_file_of_broken_lines_ends(self) -> None:
        _, faults = read("x\n" * 150_000, "f.jsonl")
        assert len(faults) < 100_010
        assert "reading ends here" in faults[-1].what

    @pytest.mark.parametrize(
        ("text", "name"),
        [("[" + "1," * 100, "f.json"), ("1\n" * 100, "f.jsonl"), ("1\n---\n" * 100, "f.yaml")],
    )
    def test_a_file_of_too_many_values_ends(self, text: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("pyreco.documents.reading.MAX_VALUES", 10)
        documents, faults = read(text, name)
        assert len(documents) == 11
        assert "values in one file" in faults[-1].what

    @given(st.binary(max_size=300), st.sampled_from(["f.yaml", "f.json", "f.jsonl", "-"]))
    @example(b"%YAML 3.0\n---\na", "f.yaml")
    @example(b"%TAG ! x\n%TAG ! x\n--- !y", "f.yaml")
    @example(b"a: \xef\xbb\xbf b\n\xef\xbb\xbf", "f.yaml")
    @example(b'"\\ud800"', "f.yaml")
    def test_any_bytes(self, data: bytes, name: str) -> None:
        documents, faults = read_documents(data, name)
        assert documents or faults
        assert all(fault.line >= 1 and fault.column >= 1 for fault in faults)

    @given(
        st.text(alphabet='{}[]:,"\\ \n\t-&*!|>?#%@`~<0123456789.eEaéu\ud7ff\ufeff\x85', max_size=80),
        st.sampled_from(["f.yaml", "f.json", "f.jsonl", "-"]),
    )
    def test_any_text_of_signs(self, text: str, name: str) -> None:
        documents, faults = read_documents(text.encode(), name)
        assert documents or faults

    @given(st.data())
    def test_json_is_read_as_the_standard_library_reads_it(self, data: st.DataObject) -> None:
        scalars = st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, width=32)
        value = data.draw(
            st.recursive(
                scalars.filter(lambda item: item not in (float("inf"), float("-inf"))),
                lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
                max_leaves=20,
            )
        )
        text = json.dumps({"a": value}, ensure_ascii=data.draw(st.booleans()), indent=data.draw(st.none() | st.just(1)))
        text = text.encode("utf-8", "replace").decode()
        assert read(text, "f.json") == ([json.loads(text)], [])

    @given(st.text(max_size=200))
    @example('{"a":nulL}')
    @example('{"a": 1, }')
    @example("[1,]")
    def test_json_that_the_standard_library_refuses_is_refused(self, text: str) -> None:
        text = '{"a": ' + text.replace("\r", "")
        documents, faults = read_documents(text.encode("utf-8", "replace"), "f.json")
        if documents and not faults:
            assert json.loads(text) == plain(documents[0])


class TestReadFile:
    def test_reads_a_file(self, tmp_path: Path) -> None:
        path = tmp_path / "h.yaml"
        path.write_text("acts: []\n")
        documents, faults = read_file(path)
        assert (plain(documents[0]), faults) == ({"acts": []}, [])
        path.write_text("acts: [\n")
        assert read_file(str(path))[1][0].file == str(path)

    def test_a_large_file_is_refused_before_it_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "h.json"
        with path.open("wb") as file:
            file.truncate(100 * 1024 * 1024)
        documents, (fault,) = read_file(path)
        assert (documents, fault.what) == ([], "the file is larger than 64 MiB")

    @pytest.mark.parametrize("name", ["missing.yaml", ".", "a\0b", "x" * 5000])
    def test_what_cannot_be_opened_is_wrong_usage(
        self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        with pytest.raises(UsageError, match="cannot read") as caught:
            read_file(name)
        assert caught.value.exit_code == 2

    def test_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"a": }')))
        documents, (fault,) = read_file("-")
        assert documents == []
        assert str(fault).startswith("-:1:7: ")

    def test_too_much_on_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Endless(io.RawIOBase):
            taken = 0

            def readable(self) -> bool:
                return True

            def read(self, size: int = -1) -> bytes:
                self.taken += size
                return b" " * size

        endless = Endless()
        monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": endless})())
        _, (fault,) = read_file("-")
        assert "larger" in fault.what
        assert endless.taken == MAX_BYTES + 1


class TestFromPython:
    def test_plain_data(self) -> None:
        value = {"a": [1, 2.5, Decimal("0.10"), None, True, "x"], "d": datetime.date(2017, 3, 2), "t": (1,)}
        node = node_from_python(value)
        assert node.faults == ()
        assert [item.text for item in member(node, "a").value] == ["1", "2.5", "0.10", "null", "true", "x"]  # type: ignore[union-attr]
        assert member(node, "d").value == "2017-03-02"
        assert (member(node, "t", 0).line, member(node, "t", 0).column) == (1, 1)

    @pytest.mark.parametrize(
        "value",
        [
            {1: 2},
            {"a": {None: 1}},
            {"a": object()},
            {"a": b"bytes"},
            {"a": datetime.datetime(2017, 3, 2)},
            {"a": {1, 2}},
            {"a": 10**5000},
            {"a": -(10**5000)},
            {"a": 1j},
        ],
    )
    def test_anything_else_is_a_fault(self, value: object) -> None:
        node = node_from_python(value)
        assert len(node.faults) == 1
        assert node.faults[0].file == "<data>"

    @pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "1E+999999", "6E+1", "-0.00"])
    def test_odd_decimals(self, number: str) -> None:
        assert node_from_python({"a": Decimal(number)}).faults == ()

    def test_a_list_in_itself(self) -> None:
        loop: list[object] = []
        loop.append(loop)
        assert "nesting" in node_from_python(loop).faults[0].what

    def test_lists_that_share_their_items(self) -> None:
        bomb: list[object] = []
        for _ in range(50):
            bomb = [bomb] * 10
        assert "values" in node_from_python(bomb).faults[0].what


def test_the_parser_in_use_is_the_fast_one() -> None:
    assert type(yaml_text.new_parser("a")).__name__ == ("CParser" if yaml.__with_libyaml__ else "SafeLoader")
