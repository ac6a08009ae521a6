from __future__ import annotations

import datetime as dt

from tests.roadmaps.importing.reading import activities, deadlines, read, sections, why

TITLE = "Дорожная карта на 2022-2023 учебный год\n"
HEADER = "№\tМероприятие\tСрок\tОтветственный\tРезультат\n"


def test_a_row_cut_by_the_end_of_a_page_is_one_activity():
    reading = read(
        TITLE + "№\tЭтап\tСодержание\tСроки\n"
        "1.\tПодготовка\tИздание приказа\tЯнварь 2023\n"
        "2.\tОрганизация и\t1) Формирование наставнических\tВ\n\n"
        "\tосуществление работы пар\tпар. 2) Разработка программ\tтечение года\n"
        "4.\tЗавершение\tИтоговая встреча\tМай 2023\n"
    )
    assert deadlines(reading)[1] == "В течение года"
    assert reading.plans[0].items[1].warnings == ("joined_rows",)
    assert reading.plans[0].items[2].warnings == ("number_gap",)
    assert [title for _, title, _ in sections(reading)] == [
        "Подготовка",
        "Организация и осуществление работы пар",
        "Завершение",
    ]


def test_a_table_that_loses_a_column_after_a_page_is_put_right_row_by_row():
    reading = read(
        TITLE + "Содержание\tСроки\tОжидаемый результат\tПоказатели\tОтветственный\n"
        "Формирование базы наставников\tДо 10.09.2022\tСформирована база\tНе менее 5 %\tКуратор\n"
        "Разработка анкеты наставляемого\tДо 15.09.2022\tРазработаны формы\tРуководитель ОО Куратор внедрения ПН\n"
    )
    item = reading.plans[0].items[1]
    assert item.responsible == ("Руководитель ОО", "Куратор внедрения ПН")
    assert (item.result, item.indicator) == ("Разработаны формы", "")
    assert "shifted_columns" in item.warnings


def test_a_person_and_a_date_in_each_others_column_change_places():
    reading = read(TITLE + "Мероприятие\tСрок\tОтветственный\nАнкетирование педагогов\tПсихолог\tдо 15.09.2022\n")
    item = reading.plans[0].items[0]
    assert (item.deadline.end, item.responsible) == (dt.date(2022, 9, 15), ("Психолог",))


def test_numbers_of_several_levels_make_sections():
    reading = read(
        TITLE + HEADER + "1.\tОрганизационное обеспечение\n"
        "1.1.\tРазработка положения\tсентябрь\tДиректор\tПоложение\n"
        "2.\tКадровое обеспечение\n"
        "2.1.\tОбучение наставников\tоктябрь\tКуратор\tСправка\n"
        "2.3\tРеестр наставников\tноябрь\tКуратор\tРеестр\n"
    )
    assert sections(reading) == [("1", "Организационное обеспечение", 1), ("2", "Кадровое обеспечение", 2)]
    assert "number_gap" in reading.plans[0].items[2].warnings


def test_months_as_sections_are_the_deadlines_and_doubtful():
    reading = read(TITLE + "№\tМероприятие\tОтветственный\nСентябрь\n1\tЗнакомство с документами\tНаставник\n")
    item = reading.plans[0].items[0]
    assert item.deadline.start == dt.date(2022, 9, 1)
    assert "deadline_from_section" in item.warnings


def test_a_table_without_a_header_is_understood_by_its_content():
    reading = read(
        TITLE + "1\tРазработка положения\tСентябрь\tДиректор\n2\tАнкетирование педагогов\tОктябрь\tПсихолог\n"
    )
    assert activities(reading) == ["Разработка положения", "Анкетирование педагогов"]
    assert "no_header" in reading.plans[0].warnings


def test_two_plans_give_two_plans_each_with_its_period():
    reading = read(
        "План мероприятий «учитель – учитель» на 2022-2023 учебный год\nМероприятие\tСроки\n"
        "Первая встреча пар\tСентябрь\n\n"
        "План мероприятий «ученик – ученик» на 2023 год\nСодержание работы\tДата\nТренинг общения\tФевраль\n"
    )
    assert [plan.period.start for plan in reading.plans] == [dt.date(2022, 9, 1), dt.date(2023, 1, 1)]
    assert activities(reading) == ["Первая встреча пар", "Тренинг общения"]


def test_cells_copied_one_below_another_are_rows_again():
    reading = read(
        TITLE + "№ п/п\nМероприятие\nСроки\nОтветственные\n1\nРазработка положения\nСентябрь 2022\nДиректор\n"
        "2\nАнкетирование педагогов\nОктябрь 2022\nПедагог-психолог\n"
    )
    assert activities(reading) == ["Разработка положения", "Анкетирование педагогов"]
    assert reading.plans[0].items[1].responsible == ("Педагог-психолог",)


def test_signs_under_quarters_are_deadlines():
    reading = read("План на 2023 год\n№\tМероприятие\tI кв.\tII кв.\tIII кв.\tIV кв.\n1\tЗаседание совета\t+\t\t+\t\n")
    assert deadlines(reading) == ["I квартал, III квартал"]


def test_what_stands_around_the_plan_is_passed_over_with_its_reason():
    reading = read(
        "Приложение 2\nПаспорт программы\nНаименование программы\tШаг вперёд\n"
        "Сроки реализации\t2022-2023 учебный год\n\n"
        "План реализации программы\n" + HEADER + "1\t2\t3\t4\t5\n1\tИздание приказа\tсентябрь\tДиректор\tПриказ\n"
        "Продолжение таблицы\n" + HEADER + "2\tОбучение наставников\tоктябрь\tКуратор\tСправка\n\n"
        "Список пар\n№\tФИО наставника\tФИО наставляемого\tДолжность\n1\tА.А.\tБ.Б.\tучитель\n\n"
        "Директор школы ________\n"
    )
    assert activities(reading) == ["Издание приказа", "Обучение наставников"]
    assert reading.plans[0].period.source == "order"
    reasons = {
        "Приложение": "appendix", "Наименование программы": "passport", "1 2 3": "numbering_row",
        "Продолжение": "table_continued", "ФИО наставника": "list", "Директор школы": "signature",
    }  # fmt: skip
    assert {text: why(reading, text) for text in reasons} == reasons


def test_lists_in_a_cell_are_one_activity_unless_they_are_to_be_split():
    text = TITLE + "Мероприятие\tСрок\n1) Сбор сведений до 01.01.2020. 2) Анкетирование\tЯнварь 2023\n"
    whole = read(text)
    assert len(whole.plans[0].items) == 1
    assert whole.plans[0].items[0].deadline.start == dt.date(2023, 1, 1)
    assert activities(read(text, split_lists=True)) == ["Сбор сведений до 01.01.2020", "Анкетирование"]


def test_the_period_given_overrules_the_title():
    reading = read(
        TITLE + "Мероприятие\tСрок\nАнкетирование\tсентябрь\n", period=(dt.date(2024, 9, 1), dt.date(2025, 8, 31))
    )
    assert reading.plans[0].items[0].deadline.start == dt.date(2024, 9, 1)
    assert reading.plans[0].period.source == "given"


def test_columns_can_be_given_other_meanings():
    text = TITLE + "Мероприятие\tСрок\tРезультат\nАнкетирование\tсентябрь\tСправка\n"
    reading = read(text, roles={0: ("activity", "deadline", "documents")})
    assert reading.plans[0].items[0].documents == "Справка"


def test_remains_of_html_are_cleaned():
    reading = read(TITLE + "Мероприятие\tСрок\n<ul><li>Анкетирование</li></ul>\t<b>до 10.09.2022</b>\n")
    assert activities(reading) == ["– Анкетирование"]
    assert deadlines(reading) == ["до 10.09.2022"]
