"""The languages of the app: what `tr` in the code asks for, from Qt's own translation files beside this."""

from pathlib import Path

from PyQt5.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

FOLDER = Path(__file__).parent / "translations"
translate = QCoreApplication.translate
"""For modules that are no QObject: `translate("Context", "Text")`, both literally, so that the text is found."""


def use(language: str) -> None:
    """Speak it from now on; who has spoken already must be made anew. English needs no file."""
    app = QCoreApplication.instance()
    assert app is not None
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(QLocale(language))
    for folder, name in ((QLibraryInfo.location(QLibraryInfo.TranslationsPath), "qtbase"), (str(FOLDER), "app")):
        translator = QTranslator(app)
        if translator.load(f"{name}_{language}", folder):
            app.installTranslator(translator)
        else:
            translator.deleteLater()
