from __future__ import annotations

import json

import pytest
from django.core.management import call_command

PLAN = "План на 2022-2023 учебный год\nМероприятие\tСрок\nАнкетирование педагогов\tсентябрь\n"


def test_the_command_prints_the_plans_and_what_was_passed_over(tmp_path, capsys):
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    call_command("read_roadmap", str(path), "--from", "01.09.2024", "--to", "2025-08-31")
    answer = json.loads(capsys.readouterr().out)
    (plan,) = answer["plans"]
    assert set(plan) == {"title", "period", "columns", "sections", "warnings"}
    assert plan["period"] == {"start": "2024-09-01", "end": "2025-08-31", "source": "given"}
    (item,) = plan["sections"][0]["items"]
    assert set(item) == {
        "number", "activity", "deadline", "result", "indicator", "participants", "documents", "responsible", "warnings",
        "rows",
    }  # fmt: skip
    assert item["deadline"]["start"] == "2024-09-01"
    assert item["rows"] == [3, 3]
    assert [skipped["why"] for skipped in answer["skipped"]] == ["title", "header"]


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04"])
def test_what_cannot_be_read_ends_with_two_and_one_line(tmp_path, capsys, content):
    path = tmp_path / "plan.docx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        call_command("read_roadmap", str(path))
    assert ended.value.code == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
