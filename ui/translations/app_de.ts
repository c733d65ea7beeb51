<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
  <context>
    <name>Bench</name>
    <message>
      <source>Recipe</source>
      <translation>Rezept</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Sprache</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Hell</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Dunkel</translation>
    </message>
    <message>
      <source>Change between the dark and the light look</source>
      <translation>Zwischen dunklem und hellem Aussehen wechseln</translation>
    </message>
    <message>
      <source>none yet</source>
      <translation>noch keines</translation>
    </message>
    <message>
      <source>Recipes</source>
      <translation>Rezepte</translation>
    </message>
    <message>
      <source>Station</source>
      <translation>Station</translation>
    </message>
  </context>
  <context>
    <name>Bridge</name>
    <message>
      <source>The camera keeps the station from ending. Unplug it, or close the program.</source>
      <translation>Die Kamera lässt die Station nicht enden. Ziehen Sie sie ab, oder schließen Sie das Programm.</translation>
    </message>
    <message>
      <source>A fault in the program stopped this (%1). Details are in the log.</source>
      <translation>Ein Fehler im Programm hat dies angehalten (%1). Einzelheiten stehen im Protokoll.</translation>
    </message>
  </context>
  <context>
    <name>CardHead</name>
    <message>
      <source>%1 expected</source>
      <translation>%1 erwartet</translation>
    </message>
    <message>
      <source>must not be there</source>
      <translation>darf nicht da sein</translation>
    </message>
    <message>
      <source>%1 passes</source>
      <translation>%1 besteht</translation>
    </message>
    <message>
      <source>%1 fails</source>
      <translation>%1 fällt durch</translation>
    </message>
    <message>
      <source>in its region</source>
      <translation>in ihrem Bereich</translation>
    </message>
    <message>
      <source>anywhere</source>
      <translation>überall</translation>
    </message>
  </context>
  <context>
    <name>Cards</name>
    <message>
      <source>%2 expected</source>
      <translation>%2 erwartet</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 von %2</translation>
    </message>
  </context>
  <context>
    <name>Command</name>
    <message>
      <source>It was ended from outside, or the memory did not suffice. What was kept is kept.</source>
      <translation>Es wurde von außen beendet, oder der Speicher reichte nicht. Was gesichert war, ist gesichert.</translation>
    </message>
    <message>
      <source>It could not be started: %1</source>
      <translation>Es ließ sich nicht starten: %1</translation>
    </message>
  </context>
  <context>
    <name>Complaints</name>
    <message>
      <source>Something in the program went wrong (%1). The rest goes on. Details: %2</source>
      <translation>Im Programm ist etwas schiefgegangen (%1). Alles andere läuft weiter. Einzelheiten: %2</translation>
    </message>
  </context>
  <context>
    <name>ComponentCard</name>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Detection</source>
      <translation>Erkennung</translation>
    </message>
    <message>
      <source>Detection + classification</source>
      <translation>Erkennung + Klassifikation</translation>
    </message>
    <message>
      <source>How it is judged</source>
      <translation>Wie sie beurteilt wird</translation>
    </message>
    <message>
      <source>How many</source>
      <translation>Wie viele</translation>
    </message>
    <message>
      <source>chosen by training</source>
      <translation>vom Training gewählt</translation>
    </message>
    <message>
      <source>The least score that counts, between 0 and 1</source>
      <translation>Der kleinste Wert, der zählt, zwischen 0 und 1</translation>
    </message>
    <message>
      <source>Threshold</source>
      <translation>Schwelle</translation>
    </message>
    <message>
      <source>May lie mirrored or at any quarter turn</source>
      <translation>Darf gespiegelt oder um Vierteldrehungen gedreht liegen</translation>
    </message>
    <message>
      <source>Patterns</source>
      <translation>Muster</translation>
    </message>
    <message>
      <source>Draw</source>
      <translation>Zeichnen</translation>
    </message>
    <message>
      <source>It may be anywhere</source>
      <translation>Sie darf überall sein</translation>
    </message>
    <message>
      <source>Region</source>
      <translation>Bereich</translation>
    </message>
    <message>
      <source>Add a pattern</source>
      <translation>Muster hinzufügen</translation>
    </message>
    <message>
      <source>More</source>
      <translation>Mehr</translation>
    </message>
    <message>
      <source>Move up</source>
      <translation>Nach oben</translation>
    </message>
    <message>
      <source>Move down</source>
      <translation>Nach unten</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>Entfernen</translation>
    </message>
    <message>
      <source>It must not be there</source>
      <translation>Sie darf nicht da sein</translation>
    </message>
    <message>
      <source>Can be anywhere, and is there or not.</source>
      <translation>Kann überall sein und ist da oder nicht.</translation>
    </message>
    <message>
      <source>Has looks that pass and looks that fail.</source>
      <translation>Hat Ansichten, die bestehen, und solche, die durchfallen.</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>Zeigen</translation>
    </message>
    <message>
      <source>Anywhere in the picture</source>
      <translation>Überall im Bild</translation>
    </message>
  </context>
  <context>
    <name>Errands</name>
    <message>
      <source>A fault in the program stopped this (%1). Details are in the log.</source>
      <translation>Ein Fehler im Programm hat dies angehalten (%1). Einzelheiten stehen im Protokoll.</translation>
    </message>
  </context>
  <context>
    <name>FaultList</name>
    <message>
      <source>Mend the file in a text editor; it is read again by itself.</source>
      <translation>Bringen Sie die Datei in einem Texteditor in Ordnung; sie wird von selbst neu gelesen.</translation>
    </message>
    <message>
      <source>“%1” cannot be read</source>
      <translation>„%1“ lässt sich nicht lesen</translation>
    </message>
    <message>
      <source>Line %1: </source>
      <translation>Zeile %1: </translation>
    </message>
  </context>
  <context>
    <name>Findings</name>
    <message>
      <source>Findings</source>
      <translation>Befunde</translation>
    </message>
  </context>
  <context>
    <name>Indicator</name>
    <message>
      <source>State of the station</source>
      <translation>Zustand der Station</translation>
    </message>
  </context>
  <context>
    <name>Look</name>
    <message>
      <source>FAULT</source>
      <translation>STÖRUNG</translation>
    </message>
    <message>
      <source>PASS</source>
      <translation>GUT</translation>
    </message>
    <message>
      <source>FAIL</source>
      <translation>FEHLER</translation>
    </message>
    <message>
      <source>UNSURE</source>
      <translation>UNSICHER</translation>
    </message>
    <message>
      <source>Not inspecting</source>
      <translation>Prüft nicht</translation>
    </message>
    <message>
      <source>Starting</source>
      <translation>Startet</translation>
    </message>
    <message>
      <source>Waiting for the camera</source>
      <translation>Wartet auf die Kamera</translation>
    </message>
    <message>
      <source>Looking</source>
      <translation>Schaut</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>Angehalten</translation>
    </message>
    <message>
      <source>Ready</source>
      <translation>Bereit</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>Läuft</translation>
    </message>
    <message>
      <source>Fault</source>
      <translation>Störung</translation>
    </message>
  </context>
  <context>
    <name>NameForm</name>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Make the recipe</source>
      <translation>Rezept anlegen</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Letters, digits, '-', '_' and '.'</source>
      <translation>Buchstaben, Ziffern, '-', '_' und '.'</translation>
    </message>
  </context>
  <context>
    <name>Passing</name>
    <message>
      <source>Passes</source>
      <translation>Besteht</translation>
    </message>
    <message>
      <source>Fails</source>
      <translation>Fällt durch</translation>
    </message>
  </context>
  <context>
    <name>PatternRow</name>
    <message>
      <source>Name of the pattern</source>
      <translation>Name des Musters</translation>
    </message>
    <message>
      <source>Remove this pattern</source>
      <translation>Dieses Muster entfernen</translation>
    </message>
  </context>
  <context>
    <name>Picture</name>
    <message>
      <source>Picture of the camera</source>
      <translation>Bild der Kamera</translation>
    </message>
  </context>
  <context>
    <name>Recent</name>
    <message>
      <source>Last ten inspections</source>
      <translation>Die letzten zehn Prüfungen</translation>
    </message>
  </context>
  <context>
    <name>RecipeEditor</name>
    <message>
      <source>Undo (Ctrl+Z)</source>
      <translation>Rückgängig (Strg+Z)</translation>
    </message>
    <message>
      <source>Redo (Ctrl+Shift+Z)</source>
      <translation>Wiederholen (Strg+Umschalt+Z)</translation>
    </message>
    <message>
      <source>Add a component</source>
      <translation>Komponente hinzufügen</translation>
    </message>
    <message>
      <source>How it decides</source>
      <translation>Wie es entscheidet</translation>
    </message>
    <message>
      <source>Not saved yet: 1 thing is wrong.</source>
      <translation>Noch nicht gespeichert: 1 Angabe stimmt nicht.</translation>
    </message>
    <message>
      <source>Not saved yet: %1 things are wrong.</source>
      <translation>Noch nicht gespeichert: %1 Angaben stimmen nicht.</translation>
    </message>
    <message>
      <source>Saved</source>
      <translation>Gespeichert</translation>
    </message>
    <message>
      <source>Saving…</source>
      <translation>Wird gespeichert …</translation>
    </message>
    <message>
      <source>Not saved yet: the file could not be written. The next change tries again.</source>
      <translation>Noch nicht gespeichert: die Datei ließ sich nicht schreiben. Die nächste Änderung versucht es erneut.</translation>
    </message>
  </context>
  <context>
    <name>RecipeList</name>
    <message>
      <source>1 fault</source>
      <translation>1 Fehler</translation>
    </message>
    <message>
      <source>%1 faults</source>
      <translation>%1 Fehler</translation>
    </message>
    <message>
      <source>taught</source>
      <translation>gelehrt</translation>
    </message>
    <message>
      <source>changed since taught</source>
      <translation>seit dem Lehren geändert</translation>
    </message>
    <message>
      <source>not taught yet</source>
      <translation>noch nicht gelehrt</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>lässt sich nicht lesen</translation>
    </message>
    <message>
      <source>Recipes</source>
      <translation>Rezepte</translation>
    </message>
  </context>
  <context>
    <name>RecipesPage</name>
    <message>
      <source>Changes of %1 are not in order and not saved.</source>
      <translation>Änderungen an %1 sind nicht in Ordnung und nicht gespeichert.</translation>
    </message>
    <message>
      <source>The file of “%1” was changed by somebody else, and read again. Ctrl+Z takes that back.</source>
      <translation>Die Datei von „%1“ wurde von jemand anderem geändert und neu gelesen. Strg+Z nimmt das zurück.</translation>
    </message>
    <message>
      <source>A region is drawn on a picture: take one first.</source>
      <translation>Ein Bereich wird auf ein Bild gezeichnet: nehmen Sie erst eines auf.</translation>
    </message>
    <message>
      <source>A new recipe</source>
      <translation>Ein neues Rezept</translation>
    </message>
    <message>
      <source>A copy of “%1”; recordings stay with the original</source>
      <translation>Eine Kopie von „%1“; Aufnahmen bleiben beim Original</translation>
    </message>
    <message>
      <source>Made “%1”.</source>
      <translation>„%1“ angelegt.</translation>
    </message>
    <message>
      <source>Move “%1” to the trash? It can be put back.</source>
      <translation>„%1“ in den Papierkorb legen? Es lässt sich zurückholen.</translation>
    </message>
    <message>
      <source>Recordings of it: %1. They stay, and teach nothing until there is a recipe of this name.</source>
      <translation>Aufnahmen dazu: %1. Sie bleiben und lehren nichts, bis es ein Rezept dieses Namens gibt.</translation>
    </message>
    <message>
      <source>Move to the trash</source>
      <translation>In den Papierkorb</translation>
    </message>
    <message>
      <source>Keep it</source>
      <translation>Behalten</translation>
    </message>
  </context>
  <context>
    <name>RegionCanvas</name>
    <message>
      <source>Regions on the picture</source>
      <translation>Bereiche auf dem Bild</translation>
    </message>
  </context>
  <context>
    <name>RegionPanel</name>
    <message>
      <source>Remove the region</source>
      <translation>Bereich entfernen</translation>
    </message>
    <message>
      <source>Source of the picture</source>
      <translation>Quelle des Bildes</translation>
    </message>
    <message>
      <source>Take a picture</source>
      <translation>Bild aufnehmen</translation>
    </message>
    <message>
      <source>From a recording</source>
      <translation>Aus einer Aufnahme</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>Bild</translation>
    </message>
    <message>
      <source>Waiting for a picture…</source>
      <translation>Wartet auf ein Bild …</translation>
    </message>
    <message>
      <source>A camera takes a moment to open.</source>
      <translation>Eine Kamera braucht einen Moment zum Öffnen.</translation>
    </message>
    <message>
      <source>No picture yet</source>
      <translation>Noch kein Bild</translation>
    </message>
    <message>
      <source>Regions are drawn on a picture: take one with the camera, or choose a file below.</source>
      <translation>Bereiche werden auf ein Bild gezeichnet: nehmen Sie eines mit der Kamera auf, oder wählen Sie unten eine Datei.</translation>
    </message>
    <message>
      <source>No picture came</source>
      <translation>Es kam kein Bild</translation>
    </message>
    <message>
      <source>The regions were drawn on %1, this picture is %2. Choose one of that size, or remove them.</source>
      <translation>Die Bereiche wurden auf %1 gezeichnet, dieses Bild hat %2. Wählen Sie eines dieser Größe, oder entfernen Sie sie.</translation>
    </message>
    <message>
      <source>Arrows move it, Ctrl resizes, Shift by ten, Del removes</source>
      <translation>Pfeile verschieben, mit Strg ändern sie die Größe, mit Umschalt um zehn, Entf entfernt</translation>
    </message>
    <message>
      <source>%1 may be anywhere</source>
      <translation>%1 darf überall sein</translation>
    </message>
    <message>
      <source>Draw on the picture where its centre must lie</source>
      <translation>Zeichnen Sie im Bild, wo ihre Mitte liegen muss</translation>
    </message>
  </context>
  <context>
    <name>ShelfPanel</name>
    <message>
      <source>New recipe</source>
      <translation>Neues Rezept</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>Duplizieren</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Löschen</translation>
    </message>
  </context>
  <context>
    <name>SourceChoice</name>
    <message>
      <source>Video or picture…</source>
      <translation>Video oder Bild …</translation>
    </message>
    <message>
      <source>Folder of pictures…</source>
      <translation>Ordner mit Bildern …</translation>
    </message>
  </context>
  <context>
    <name>StationPage</name>
    <message>
      <source>Recipe</source>
      <translation>Rezept</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>Quelle</translation>
    </message>
    <message>
      <source>The station is stopped</source>
      <translation>Die Station ist angehalten</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>Start</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Stopp</translation>
    </message>
    <message>
      <source>The source has come to its end.</source>
      <translation>Die Quelle ist zu Ende.</translation>
    </message>
    <message>
      <source>The station has a fault</source>
      <translation>Die Station hat eine Störung</translation>
    </message>
    <message>
      <source>Ready to start</source>
      <translation>Bereit zum Start</translation>
    </message>
    <message>
      <source>Choose the source and press Start, or the space bar.</source>
      <translation>Quelle wählen und Start drücken, oder die Leertaste.</translation>
    </message>
    <message>
      <source>%1 frames/s    %2 ms    %3 skipped</source>
      <translation>%1 Bilder/s    %2 ms    %3 übersprungen</translation>
    </message>
  </context>
  <context>
    <name>Stations</name>
    <message>
      <source>This recipe cannot be read</source>
      <translation>Dieses Rezept lässt sich nicht lesen</translation>
    </message>
    <message>
      <source>This bundle cannot be used</source>
      <translation>Dieses Bündel lässt sich nicht verwenden</translation>
    </message>
    <message>
      <source>No recipe yet</source>
      <translation>Noch kein Rezept</translation>
    </message>
    <message>
      <source>A recipe says what a correctly assembled product shows. Make the first one, then teach it with two short videos per component. The workspace is %1.</source>
      <translation>Ein Rezept sagt, was ein richtig montiertes Produkt zeigt. Legen Sie das erste an und lehren Sie es mit zwei kurzen Videos je Komponente. Der Arbeitsordner ist %1.</translation>
    </message>
    <message>
      <source>“%1” is not taught yet</source>
      <translation>„%1“ ist noch nicht gelehrt</translation>
    </message>
    <message>
      <source>Record each component once where it is there and once where it is not, train, and promote the bundle.</source>
      <translation>Nehmen Sie jede Komponente einmal auf, wo sie ist, und einmal, wo sie fehlt; trainieren Sie, und geben Sie das Bündel frei.</translation>
    </message>
  </context>
  <context>
    <name>Stepper</name>
    <message>
      <source>One less</source>
      <translation>Eine weniger</translation>
    </message>
    <message>
      <source>One more</source>
      <translation>Eine mehr</translation>
    </message>
  </context>
  <context>
    <name>Tally</name>
    <message>
      <source>Counts of this run</source>
      <translation>Zähler dieses Laufs</translation>
    </message>
    <message>
      <source>Passed</source>
      <translation>Bestanden</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>Fehler</translation>
    </message>
    <message>
      <source>Unsure</source>
      <translation>Unsicher</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>Gesamt</translation>
    </message>
  </context>
  <context>
    <name>TrashLine</name>
    <message>
      <source>Put it back</source>
      <translation>Zurückholen</translation>
    </message>
    <message>
      <source>“%1” lies in the trash.</source>
      <translation>„%1“ liegt im Papierkorb.</translation>
    </message>
  </context>
  <context>
    <name>VerdictPanel</name>
    <message>
      <source>Verdict</source>
      <translation>Urteil</translation>
    </message>
  </context>
  <context>
    <name>VoteCard</name>
    <message>
      <source>All the time</source>
      <translation>Ständig</translation>
    </message>
    <message>
      <source>When it comes to rest</source>
      <translation>Wenn es zur Ruhe kommt</translation>
    </message>
    <message>
      <source>It judges</source>
      <translation>Es urteilt</translation>
    </message>
    <message>
      <source>Frames that must agree</source>
      <translation>Bilder, die übereinstimmen müssen</translation>
    </message>
    <message>
      <source>Out of how many</source>
      <translation>Von wie vielen</translation>
    </message>
    <message>
      <source>Decide within</source>
      <translation>Entscheiden innerhalb von</translation>
    </message>
    <message>
      <source>Seconds; then it is unsure</source>
      <translation>Sekunden; danach ist es unsicher</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>Bild</translation>
    </message>
    <message>
      <source>Regions are in its pixels</source>
      <translation>Bereiche zählen in seinen Pixeln</translation>
    </message>
    <message>
      <source>of any size</source>
      <translation>beliebiger Größe</translation>
    </message>
  </context>
  <context>
    <name>Welcome</name>
    <message>
      <source>No recipe yet</source>
      <translation>Noch kein Rezept</translation>
    </message>
    <message>
      <source>A recipe says what a correctly assembled product shows: which components, how many of each, and where. The station holds every workpiece against it; two short videos teach each component.</source>
      <translation>Ein Rezept sagt, was ein richtig montiertes Produkt zeigt: welche Komponenten, wie viele davon und wo. Die Station misst jedes Werkstück daran; zwei kurze Videos lehren jede Komponente.</translation>
    </message>
    <message>
      <source>Make the first recipe</source>
      <translation>Das erste Rezept anlegen</translation>
    </message>
  </context>
  <context>
    <name>Window</name>
    <message>
      <source>Close all the same</source>
      <translation>Trotzdem schließen</translation>
    </message>
    <message>
      <source>Stay</source>
      <translation>Bleiben</translation>
    </message>
    <message>
      <source>It changes at the next start, since something runs.</source>
      <translation>Es ändert sich beim nächsten Start, da gerade etwas läuft.</translation>
    </message>
  </context>
</TS>
