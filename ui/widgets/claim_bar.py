"""The second row of the record page: of which component, and what of it."""

from PyQt5.QtCore import pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from inspector.capture.claim import Claim, claims
from inspector.recipe import Recipe
from ui import theme
from ui.widgets.choice import Choice
from ui.widgets.claim_choice import ClaimChoice


class ClaimBar(QWidget):
    """claim: what is chosen, None without a recipe. chosen: it is another."""

    chosen = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.component, self.claims = Choice(), ClaimChoice()
        self.component.setAccessibleName(self.tr("Component"))
        self.component.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self._recipe: Recipe | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.component, 1)
        self._row.addWidget(self.claims, 3)
        self.component.activated.connect(self._choose_component)
        self.claims.chosen.connect(self.chosen)

    @property
    def claim(self) -> Claim | None:
        return self.claims.claim

    @property
    def camera(self) -> str:
        """The one of the recipe's cameras that sees it, "" for its only one."""
        return "" if self._recipe is None or self.claim is None else self._recipe.component(self.claim.component).camera

    def offer(self, recipe: Recipe | None) -> None:
        """What can be recorded of this recipe; the first of it is chosen."""
        self._recipe = recipe
        self.component.clear()
        if recipe is None:
            self.claims.offer((), None)
            self.chosen.emit()
        else:
            self.component.addItems([component.name for component in recipe.components])
            self.choose(claims(recipe.components[0])[0])

    def choose(self, claim: Claim) -> None:
        """One of those that are offered."""
        if self._recipe is not None:
            component = self._recipe.component(claim.component)
            self.component.setCurrentText(claim.component)
            self.claims.offer(claims(component), claim)
            self.chosen.emit()

    @pyqtSlot()
    def _choose_component(self) -> None:
        if self._recipe is not None:
            self.choose(claims(self._recipe.components[self.component.currentIndex()])[0])

    def scale(self, em: int) -> None:
        self._row.setSpacing(round(em * theme.GAP_M))
        self.claims.scale(em)
