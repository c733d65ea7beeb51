"""What the history page writes on paper, in the language of the window."""

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from inspector.inspection.records import Records
from inspector.inspection.verdict import Finding, Kind, Verdict
from inspector.settings import Workspace
from tests.inspection.inspected import add, inspection
from tests.paper import text_of
from tests.translations import PAPER, told, written_on_paper
from ui.archive import Archive, Asked, Form, Writing
from ui.translation import FOLDER

GOOD = (Finding("screw", "on", 4, 4, Verdict.OK),)
DOUBT = (Finding("tape", None, 1, 2, Verdict.NOT_DECIDABLE, "perhaps tape: 2 found, 1 expected", Kind.DOUBTFUL),)
ASKED = Asked(None, date(2025, 12, 31), date(2026, 1, 3), serial="S-1")
SAID = {
    ("en", Form.REPORT): (
        *("From 2025-12-31", "inspected", "PASS", "UNSURE", "66.67 %", "What was not in order", "tape: doubtful"),
        *("Each reject", "screw: 1 is off", "perhaps tape: 2 found, 1 expected"),
    ),
    ("de", Form.REPORT): (
        *("Von 31.12.2025", "geprüft", "GUT", "UNSICHER", "66,67 %", "0,0 %", "Was nicht in Ordnung war"),
        *("tape: zweifelhaft", "Der Anteil Ausschuss, insgesamt 66,67 %", "vielleicht tape: 2 gefunden, 1 erwartet"),
    ),
    ("pt_BR", Form.REPORT): (
        *("De 31/12/2025", "inspecionados", "PASSA", "INCERTO", "66,67 %", "O que não estava em ordem"),
        *("tape: duvidoso", "três sigmas", "Cada rejeito", "talvez tape: 2 encontrados, 1 esperado"),
    ),
    ("en", Form.SERIAL): ("Serial number S-1", "2026-01-01", "FAIL", "recipe box", "the verdict was wrong: it is on"),
    ("de", Form.SERIAL): (
        *("Seriennummer S-1", "01.01.2026", "FEHLER", "Rezept box", "Kamera", "Das Urteil war falsch: it is on"),
        *("Komponente", "erwartet", "Grund", "Das Bild davon ist hier nicht aufbewahrt."),
    ),
    ("pt_BR", Form.SERIAL): (
        *("Número de série S-1", "01/01/2026", "FALHA", "receita box", "o veredito estava errado: it is on"),
        *("padrão", "veredito", "A imagem dela não está guardada aqui."),
    ),
}


@pytest.fixture
def archive(workspace: Workspace) -> Archive:
    """Of three inspections of one workpiece, the second with two faulty findings, the third in doubt."""
    with closing(Records(workspace.records)) as records:
        last = inspection(2, Verdict.NOT_DECIDABLE, DOUBT, serial="S-1")
        add(records, inspection(0, Verdict.OK, GOOD, "S-1"), inspection(1, serial="S-1"), last)
        records.mark(inspection(1).id, "maria", False, "it is on")
        records.evidence(last).unlink()
    return Archive(workspace)


@pytest.mark.parametrize(("language", "form"), SAID)
def test_paper_speaks_the_language_of_the_window(
    language: str, form: Form, archive: Archive, tmp_path: Path, spoken: Callable[[str], None]
) -> None:
    spoken(language)
    path = tmp_path / "paper.pdf"
    assert archive.write(ASKED, form, path, Writing()) == 3
    archive.close()
    text = text_of(path)
    assert [said for said in SAID[language, form] if said not in text] == [], text
    assert f"/Lang ({language[:2]})".encode() in path.read_bytes()


@pytest.mark.parametrize("language", ["de", "pt_BR"])
def test_no_phrase_of_paper_stays_english(language: str) -> None:
    found = told(FOLDER / f"app_{language}.ts")
    assert [english for english in written_on_paper() if found[PAPER, english] == english] == []
