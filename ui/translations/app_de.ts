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
    <name>VerdictPanel</name>
    <message>
      <source>Verdict</source>
      <translation>Urteil</translation>
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
