"""Faults of single rows that whole documents brought to light, each by itself."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pytest

from mentoring_reports.roadmaps.importing.periods import period_of_order, read_period
from mentoring_reports.roadmaps.importing.responsible import split_responsible
from mentoring_reports.roadmaps.importing.words import glued_posts, unhyphened
from tests.roadmaps.importing.reading import activities, deadlines, read, sections, why

TITLE = "Дорожная карта на 2022-2023 учебный год\n"


def test_a_numbered_list_inside_a_cell_makes_no_sections():
    reading = read(
        TITLE + "№\tЭтап\tМероприятия\tСодержание\tСроки\tОтветственные\n"
        "1\tПодготовка\tМатериалы\t1. Изучение методологии.\n2. Подготовка папок.\n3. Ознакомление\tСентябрь\tКуратор\n"
        "\t\tНормативная база\t1. Издание приказа.\n2. Утверждение положения\tОктябрь\tДиректор\n"
    )
    assert [title for _, title, _ in sections(reading)] == ["Подготовка"]
    assert deadlines(reading) == ["Сентябрь", "Октябрь"]


def test_a_month_in_front_holds_until_the_next_one():
    reading = read(
        TITLE + "Месяц\tМероприятие\tОтветственный\nСентябрь\tПриказ\tДиректор\n\tАнкетирование педагогов\tПсихолог\n"
    )
    item = reading.plans[0].items[1]
    assert item.deadline.start == dt.date(2022, 9, 1)
    assert "deadline_from_section" in item.warnings


def test_a_row_torn_between_text_and_date_is_one_activity():
    header = "Содержание работы\tФорма\tСроки\tОтветственный\n"
    reading = read(
        TITLE
        + header
        + "Просмотр занятий\tПоказ\tНоябрь\tНаставник\nИнклюзия: первые шаги\n\n"
        + header
        + "\tВебинар\tФевраль\tМетодист\n"
    )
    assert activities(reading) == ["Просмотр занятий", "Инклюзия: первые шаги"]
    assert "joined_rows" in reading.plans[0].items[1].warnings


def test_a_tab_too_many_at_the_end_of_a_line_is_nothing():
    reading = read(
        TITLE + "№\tМероприятие\tСодержание\tСрок\tОтветственный\n"
        "1\tИзучение материалов\t1. Методология.\n2. Папки\tСентябрь\tКуратор\t\n"
        "2\tИздание приказа\tПриказ о парах\tОктябрь\tДиректор\n"
    )
    assert deadlines(reading) == ["Сентябрь", "Октябрь"]


def test_a_form_after_the_plan_is_no_activity():
    reading = read(
        TITLE + "Сроки\tМероприятие\tОтветственный\nОктябрь\tСовещание кураторов\tМетодист\n"
        "Ноябрь\tСлёт наставников\tМетодист\n\n"
        "Форма отчёта\n№\tПоказатель\tЕдиница\tЗначение\n1\tКоличество наставников\tчел.\t\n2\tКоличество пар\tчел.\t\n"
    )
    assert activities(reading) == ["Совещание кураторов", "Слёт наставников"]
    assert why(reading, "Количество пар") == "other_table"


def test_a_signature_in_two_cells_is_no_responsible_person():
    reading = read(
        TITLE + "Мероприятие\tСрок\tОтветственный\nИтоговая встреча\tМай\tКуратор\n\nДиректор школы\t\tД.Д. Ермакова\n"
    )
    assert reading.plans[0].items[0].responsible == ("Куратор",)
    assert why(reading, "Ермакова") == "signature"


def test_an_aim_that_counts_per_month_is_no_deadline():
    reading = read(
        TITLE + "Содержание\tСроки\tРезультат\tОтветственный\n"
        "Публикации\tВ течение года\tНе менее 1 публикации в месяц\tКуратор\n"
    )
    item = reading.plans[0].items[0]
    assert (item.deadline.text, item.result) == ("В течение года", "Не менее 1 публикации в месяц")


def test_a_table_of_indicators_in_word_is_no_part_of_the_plan():
    content = word_with_tables(
        [
            ["Мероприятие", "Срок", "Ответственный"],
            ["Диагностика", "сентябрь", "Психолог"],
            ["Час наставника", "май", "Куратор"],
        ],
        [["Показатель", "На начало", "На конец"], ["Доля педагогов с наставником, %", "40", "100"]],
    )
    reading = read(content, "plan.docx")
    assert activities(reading) == ["Диагностика", "Час наставника"]
    assert why(reading, "Доля педагогов") == "other_table"


def word_with_tables(*tables: list[list[str]]) -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE)
    for rows in tables:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        document.add_paragraph("")
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def test_a_week_of_mentoring_is_an_activity_also_where_ticks_say_when():
    reading = read(
        TITLE + "№\tМероприятие\tСентябрь\tОктябрь\tНоябрь\tОтветственный\n1\tНеделя наставничества\t\t+\t\tКуратор\n"
    )
    assert (activities(reading), deadlines(reading)) == (["Неделя наставничества"], ["Октябрь"])


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("с «01» сентября 2023 г. по «31» мая 2024 г.", "2023-09-01", "2024-05-31"),
        ("01.09.2022 – 31.05.2023", "2022-09-01", "2023-05-31"),
        ("на I полугодие 2024-2025 учебного года", "2024-09-01", "2024-12-31"),
        ("на II полугодие 2023 года", "2023-07-01", "2023-12-31"),
        ("на февраль – декабрь 2022 года", "2022-02-01", "2022-12-31"),
    ],
)
def test_periods_as_titles_say_them(text, start, end):
    period = read_period(text, "title")
    assert (str(period.start), str(period.end)) == (start, end)


def test_the_period_of_a_passport_is_found_beside_the_date_of_an_order():
    texts = ["приказом директора от 30.08.2022 № 214", "Срок реализации программы 01.09.2022 – 31.05.2023"]
    assert str(period_of_order(texts).end) == "2023-05-31"


@pytest.mark.parametrize(
    ("cell", "persons"),
    [
        ("Заведующий\nСтарший воспитатель", ("Заведующий", "Старший воспитатель")),
        ("Куратор, приглашённые эксперты", ("Куратор", "приглашённые эксперты")),
        ("РНЦ, муниципальные\nкоординаторы", ("РНЦ", "муниципальные координаторы")),
        ("Иванова А.А., директор, Петрова Б.Б., куратор", ("Иванова А.А., директор", "Петрова Б.Б., куратор")),
        ("Руководители\nШМО", ("Руководители ШМО",)),
    ],
)
def test_persons_in_one_cell(cell, persons):
    assert split_responsible(cell) == persons


def test_words_torn_where_both_halves_are_words():
    assert glued_posts("Настав", "ник") == "Наставник"
    assert glued_posts("Куратор", "и наставник") == "Куратор и наставник"
    assert unhyphened("педагогических работ-\nников") == "педагогических работников"
    assert unhyphened("Директор\nКуратор") == "Директор\nКуратор"


def test_days_of_the_week_are_a_deadline():
    reading = read(
        TITLE + "Этап\tМероприятия\tСроки\tОтветственный\tРезультат\nРабота\tВстречи пар\tпо вторникам и четвергам\t"
        "Юные наставники\tДневники\n\tТурнир\tФевраль\tУчитель\tГрамоты\n"
    )
    assert deadlines(reading) == ["по вторникам и четвергам", "Февраль"]
    assert reading.plans[0].items[0].text == "Встречи пар"


def test_posts_one_below_the_other_in_a_leading_column_are_one_cell():
    reading = read(
        TITLE + "Ответственный\tМероприятие\tСроки\nПодготовительный этап\nДиректор\tПриказ\tСентябрь\n"
        "Зам. директора по УПР\nЗам. директора по УВР\tРазработка программы\tОктябрь\nМетодист\tСеминар\tНоябрь\n"
    )
    assert sections(reading) == [("", "Подготовительный этап", 3)]
    assert reading.plans[0].items[1].responsible == ("Зам. директора по УПР", "Зам. директора по УВР")


def test_a_line_of_finer_names_divides_the_header_above_it():
    reading = read(
        TITLE + "№\tМероприятия\tСроки\t\tОтветственные\n\t\tначало\tокончание\t\n1\t2\t3\t4\t5\n"
        "1.1\tАктуализация актов\t01.09.2022\t15.09.2022\tДиректор\n"
        "1.2\tОбучение\t02.10.2022\t30.11.2022\tМетодист\n"
    )
    assert activities(reading) == ["Актуализация актов", "Обучение"]
    assert deadlines(reading) == ["с 01.09.2022 по 15.09.2022", "с 02.10.2022 по 30.11.2022"]


@pytest.mark.parametrize(
    "table",
    [
        "№\tВопрос\tОтвет\n1\tСколько раз в неделю Вы встречались?\t\n2\tДовольны ли Вы?\t\n",
        "Критерий\tБаллы\tМаксимум\nРегулярность встреч\t0-5\t5\nДостижение целей\t0-5\t5\n",
        "№\tНаименование документа\tСрок хранения\tОтветственный\n1\tПоложение\tпостоянно\tДиректор\n",
        "№\tНаименование показателя\tЕдиница измерения\tСрок достижения\tЗначение\n1\tОхват\t%\t31.05.2023\t40\n",
    ],
)
def test_a_table_in_which_nothing_is_planned_makes_no_activities(table):
    plan = "Мероприятие\tСроки\tОтветственный\nПриказ\tСентябрь\tДиректор\nАнкетирование пар\tОктябрь\tКуратор\n"
    assert activities(read(f"{TITLE}{plan}\nПриложение\n{table}")) == ["Приказ", "Анкетирование пар"]
    assert activities(read(f"{TITLE}{plan}\n{table}\n{TITLE}{plan}")) == ["Приказ", "Анкетирование пар"] * 2


def test_criteria_beside_activities_leave_a_plan_a_plan():
    reading = read(TITLE + "Мероприятие\tСроки\tКритерии\nПриказ\tСентябрь\tПриказ издан\n")
    assert activities(reading) == ["Приказ"]


def test_a_jury_is_somebody():
    assert split_responsible("методист ИМЦ, жюри конкурса") == ("методист ИМЦ", "жюри конкурса")


def test_days_alone_under_a_title_are_more_exact_than_the_year_in_it() -> None:
    head = "Дорожная карта на 2024-2025 учебный год\n\n{line}\n\n№\tМероприятие\tСрок\tОтветственный\n"
    text = head + "1\tИздать приказ\tОктябрь\tДиректор\n2\tПровести совет\tНоябрь\tКуратор\n"

    exact = read(text.format(line="Срок реализации: с 01.10.2024 по 31.05.2025."))
    vague = read(text.format(line="Цель: с 01.10.2024 по 31.05.2025 обучить наставников."))

    assert exact.plans[0].period.days == (dt.date(2024, 10, 1), dt.date(2025, 5, 31))
    assert vague.plans[0].period.days == (dt.date(2024, 9, 1), dt.date(2025, 8, 31))


def test_a_beginning_and_an_end_in_columns_of_their_own_are_one_deadline():
    reading = read(TITLE + "Что делаем\tНачало\tКонец\tКто отвечает\nОтбор пар\t03.10.2022\t14.10.2022\tЗавуч\n")
    deadline = reading.plans[0].items[0].deadline
    assert (deadline.kind, deadline.start, deadline.end) == ("range", dt.date(2022, 10, 3), dt.date(2022, 10, 14))


def test_a_second_plan_is_found_by_unusual_names_of_its_columns():
    reading = read(
        TITLE + "Мероприятие\tСрок\tОтветственный\nИздание приказа\tСентябрь\tДиректор\n\n"
        "План клуба наставников на 2022-2023 учебный год\n"
        "Тематика встреч\tКогда проводится\tМесто проведения, ответственный\nПервая встреча\tНоябрь\tМетодист\n"
    )
    assert [len(plan.items) for plan in reading.plans] == [1, 1]
    assert reading.plans[1].items[0].responsible == ("Методист",)


def test_a_lower_half_that_lost_its_tabs_goes_to_the_cells_that_it_completes():
    reading = read(
        TITLE + "№\tМероприятие\tСрок\tОтветственный\tРезультат\n"
        "1\tНазначение школьных кура\tдо 15.09.\n\nторов\t2022\tДирек\n\nтор\tПриказ\n"
        "2\tУтверждение планов работы\tдо 10\n\nнаставников\tоктября 2022\tЗавуч\tПланы\n"
    )
    assert activities(reading) == ["Назначение школьных кураторов", "Утверждение планов работы наставников"]
    assert [item.deadline.end for item in reading.plans[0].items] == [dt.date(2022, 9, 15), dt.date(2022, 10, 10)]
    assert [item.responsible for item in reading.plans[0].items] == [("Директор",), ("Завуч",)]


def test_a_person_under_the_date_in_one_cell_is_no_part_of_the_deadline():
    reading = read(
        TITLE + "№\tМероприятие\tСрок\tОтветственный\tРезультат\n"
        "1\tЗакрепление пар\tдо 1 ноября 2022г.\nДиректор\tПриказ\n"
        "2\tОтбор наставников\tОктябрь\tКуратор\tСписок\n"
    )
    item = reading.plans[0].items[0]
    assert (item.deadline.text, item.responsible, item.result) == ("до 1 ноября 2022г.", ("Директор",), "Приказ")
    assert "shifted_columns" in item.warnings


def test_a_half_year_above_the_activities_keeps_its_number():
    reading = read(
        TITLE + "Мероприятие\tФорма\tОтветственный\nII полугодие\t\t\nОткрытый урок\tурок\tНаставник\n"
        "Самоанализ урока\tбеседа\tНаставник\n"
    )
    assert sections(reading) == [("", "II полугодие", 2)]
    assert reading.plans[0].items[0].deadline.start is not None


HEADER = "№\tМероприятие\tСрок\tОтветственный\n"


@pytest.mark.parametrize(
    ("upper", "lower", "deadline"),
    [
        ("Проведение\t17-21\tКуратор", "открытых уроков\tоктября 2022\t", "17-21 октября 2022"),
        ("Обновление\tдо\tКуратор", "банка наставников\t01.11.22\t", "до 01.11.22"),
        ("Утверждение\tдекабрь\tКуратор", "состава группы\t2022\t", "декабрь 2022"),
    ],
)
def test_a_piece_of_a_deadline_stays_where_it_stands(upper, lower, deadline):
    reading = read(TITLE + HEADER + f"1\t{upper}\n\n\t{lower}\n2\tОтбор пар\tМай\tКуратор\n3\tИтоги\tМай\tКуратор\n")
    assert deadlines(reading)[0] == deadline
    assert len(activities(reading)) == 3


@pytest.mark.parametrize(
    ("end", "rest", "responsible"),
    [
        ("Зам. директора по", "УВР", ("Зам. директора по УВР",)),
        ("Методист", "Руководители кафедр", ("Методист", "Руководители кафедр")),
    ],
)
def test_the_end_of_the_last_cell_on_the_next_page_is_no_section(end, rest, responsible):
    reading = read(TITLE + HEADER + f"1\tОтбор пар\tМай\t{end}\n\n{rest}\n2\tПодведение итогов\tМай\tКуратор\n")
    assert [title for _, title, _ in sections(reading)] == [""]
    assert reading.plans[0].items[0].responsible == responsible


def test_a_lower_half_with_a_tab_in_front_keeps_its_columns():
    reading = read(
        TITLE + "Месяц\tСодержание\tФорма\tОтметка\nМай\tОтчет о\tБеседа\n\n\tрезультатах наставнической работы\t\n"
        "Июнь\tПосещение уроков\tАнализ\t\n"
    )
    assert activities(reading) == ["Отчет о результатах наставнической работы", "Посещение уроков"]


def test_an_upper_half_that_lost_its_last_tabs_is_completed_by_the_lower_one():
    reading = read(
        TITLE + "Раздел\tСодержание\tСрок\tРезультат\nРабота\tПосещение уроков\tМай\tЛист\n"
        "\tОзнакомление с планом шко\n\n\tлы\t09.09.22 – 13.09.22\tПлан\nИтоги\tПортфолио\tМай\tПапка\n"
    )
    assert activities(reading) == ["Посещение уроков", "Ознакомление с планом школы", "Портфолио"]
    assert deadlines(reading)[1] == "09.09.22 – 13.09.22"


def test_an_activity_with_a_bullet_and_a_deadline_of_its_own_is_one_of_its_own():
    reading = read(
        TITLE + "Раздел\tСодержание\tСрок\tРезультат\nРабота\t• Знакомство с планом\t05.09.22 – 09.09.22\tПлан\n"
        "\t• Посещение собраний\tодин раз в четверть\tПротокол\nИтоги\t• Портфолио\tМай\tПапка\n"
    )
    assert deadlines(reading) == ["05.09.22 – 09.09.22", "один раз в четверть", "Май"]


def test_an_activity_of_making_known_is_no_signature():
    reading = read(
        TITLE + "Содержание\tСрок\tОтветственный\nОзнакомление с планом\tМай\tКуратор\nОтбор\tМай\tКуратор\n"
    )
    assert activities(reading) == ["Ознакомление с планом", "Отбор"]
