<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
  <context>
    <name>Attestation</name>
    <message>
      <source>Your name</source>
      <translation>Ihr Name</translation>
    </message>
    <message>
      <source>I have seen to it that no %1 is in any frame.</source>
      <translation>Ich habe dafür gesorgt, dass in keinem Bild %1 zu sehen ist.</translation>
    </message>
    <message>
      <source>Yes, so it is</source>
      <translation>Ja, so ist es</translation>
    </message>
    <message>
      <source>Not yet</source>
      <translation>Noch nicht</translation>
    </message>
  </context>
  <context>
    <name>AuditSection</name>
    <message>
      <source>Audit log</source>
      <translation>Prüfprotokoll</translation>
    </message>
    <message>
      <source>Check the log</source>
      <translation>Protokoll prüfen</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Wann</translation>
    </message>
    <message>
      <source>Who</source>
      <translation>Wer</translation>
    </message>
    <message>
      <source>Deed</source>
      <translation>Tat</translation>
    </message>
    <message>
      <source>Of what</source>
      <translation>Woran</translation>
    </message>
    <message>
      <source>What it holds is for engineers alone.</source>
      <translation>Was darin steht, ist nur für Ingenieure.</translation>
    </message>
    <message>
      <source>Nothing was noted so far: what takes a right is, from the first time on.</source>
      <translation>Bisher ist nichts vermerkt: was ein Recht braucht, wird es vom ersten Mal an.</translation>
    </message>
    <message>
      <source>The newest first, in UTC.</source>
      <translation>Das Neueste zuerst, in UTC.</translation>
    </message>
    <message>
      <source>Checked: all entries are as they were written.</source>
      <translation>Geprüft: alle Einträge sind, wie sie geschrieben wurden.</translation>
    </message>
    <message>
      <source>Keep this elsewhere: it tells later whether the log was cut or written anew. %1</source>
      <translation>Anderswo aufbewahren: es sagt später, ob das Protokoll gekürzt oder neu geschrieben wurde. %1</translation>
    </message>
  </context>
  <context>
    <name>Band</name>
    <message>
      <source>State of the station</source>
      <translation>Zustand der Station</translation>
    </message>
    <message>
      <source>Leave the kiosk</source>
      <translation>Den Kiosk verlassen</translation>
    </message>
    <message>
      <source>STOPPED</source>
      <translation>ANGEHALTEN</translation>
    </message>
    <message>
      <source>STARTING</source>
      <translation>STARTET</translation>
    </message>
    <message>
      <source>PROVING</source>
      <translation>PROBE LÄUFT</translation>
    </message>
    <message>
      <source>READY</source>
      <translation>BEREIT</translation>
    </message>
    <message>
      <source>RUNNING</source>
      <translation>LÄUFT</translation>
    </message>
    <message>
      <source>FAULT</source>
      <translation>STÖRUNG</translation>
    </message>
  </context>
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
      <source>Record</source>
      <translation>Aufnehmen</translation>
    </message>
    <message>
      <source>Label</source>
      <translation>Beschriften</translation>
    </message>
    <message>
      <source>Train</source>
      <translation>Trainieren</translation>
    </message>
    <message>
      <source>Validate</source>
      <translation>Prüfen</translation>
    </message>
    <message>
      <source>Station</source>
      <translation>Station</translation>
    </message>
    <message>
      <source>It changes at the next start, since the station runs.</source>
      <translation>Es ändert sich beim nächsten Start, da die Station läuft.</translation>
    </message>
    <message>
      <source>History</source>
      <translation>Verlauf</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Einstellungen</translation>
    </message>
  </context>
  <context>
    <name>Board</name>
    <message>
      <source>The frame before</source>
      <translation>Das Bild davor</translation>
    </message>
    <message>
      <source>The next frame</source>
      <translation>Das nächste Bild</translation>
    </message>
    <message>
      <source>There is no other frame of these on that side.</source>
      <translation>Auf dieser Seite gibt es kein weiteres davon.</translation>
    </message>
    <message>
      <source>All other frames of this recording are done.</source>
      <translation>Alle anderen Bilder dieser Aufnahme sind erledigt.</translation>
    </message>
    <message>
      <source>Rejected. Draw what is there with W, or press E where there is none.</source>
      <translation>Verworfen. Zeichnen Sie mit W, was da ist, oder drücken Sie E, wo nichts ist.</translation>
    </message>
    <message>
      <source>Look at the whole frame: press Enter where all boxes are right, else draw what it shows.</source>
      <translation>Das ganze Bild ansehen: Enter, wenn alle Rahmen stimmen, sonst zeichnen, was es zeigt.</translation>
    </message>
    <message>
      <source>This is the last frame.</source>
      <translation>Dies ist das letzte Bild.</translation>
    </message>
    <message>
      <source>Everything is saved as you go.</source>
      <translation>Alles wird laufend gespeichert.</translation>
    </message>
  </context>
  <context>
    <name>Bridge</name>
    <message>
      <source>The camera keeps this from ending. Unplug it, or close the program.</source>
      <translation>Die Kamera lässt dies nicht enden. Ziehen Sie sie ab, oder schließen Sie das Programm.</translation>
    </message>
    <message>
      <source>A fault in the program stopped this (%1). Details are in the log.</source>
      <translation>Ein Fehler im Programm hat dies angehalten (%1). Einzelheiten stehen im Protokoll.</translation>
    </message>
  </context>
  <context>
    <name>CameraBar</name>
    <message>
      <source>Camera</source>
      <translation>Kamera</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Einstellungen</translation>
    </message>
    <message>
      <source>Exposure, gain, white balance, focus, size and rate</source>
      <translation>Belichtung, Verstärkung, Weißabgleich, Schärfe, Größe und Bildrate</translation>
    </message>
  </context>
  <context>
    <name>CameraChoice</name>
    <message>
      <source>%1, serial %2</source>
      <translation>%1, Seriennummer %2</translation>
    </message>
    <message>
      <source>Simulator</source>
      <translation>Simulator</translation>
    </message>
  </context>
  <context>
    <name>CameraField</name>
    <message>
      <source>Seen by the camera</source>
      <translation>Gesehen von der Kamera</translation>
    </message>
    <message>
      <source>Choose one</source>
      <translation>Eine wählen</translation>
    </message>
    <message>
      <source>It was recorded through this one.</source>
      <translation>Durch diese wurde sie aufgenommen.</translation>
    </message>
  </context>
  <context>
    <name>CameraSection</name>
    <message>
      <source>Camera</source>
      <translation>Kamera</translation>
    </message>
    <message>
      <source>The station opens this camera where none is named, with what is set of it here.</source>
      <translation>Die Station öffnet diese Kamera, wo keine genannt ist, mit dem, was hier von ihr eingestellt ist.</translation>
    </message>
    <message>
      <source>No picture</source>
      <translation>Kein Bild</translation>
    </message>
  </context>
  <context>
    <name>CameraSettings</name>
    <message>
      <source>Width in pixels</source>
      <translation>Breite in Pixeln</translation>
    </message>
    <message>
      <source>Height in pixels</source>
      <translation>Höhe in Pixeln</translation>
    </message>
    <message>
      <source>Frames per second</source>
      <translation>Bilder je Sekunde</translation>
    </message>
    <message>
      <source>Exposure</source>
      <translation>Belichtung</translation>
    </message>
    <message>
      <source>Gain</source>
      <translation>Verstärkung</translation>
    </message>
    <message>
      <source>Focus</source>
      <translation>Fokus</translation>
    </message>
    <message>
      <source>White balance</source>
      <translation>Weißabgleich</translation>
    </message>
    <message>
      <source>Red</source>
      <translation>Rot</translation>
    </message>
    <message>
      <source>Blue</source>
      <translation>Blau</translation>
    </message>
    <message>
      <source>This source has no settings.</source>
      <translation>Diese Quelle hat keine Einstellungen.</translation>
    </message>
    <message>
      <source>Formats of the camera</source>
      <translation>Formate der Kamera</translation>
    </message>
    <message>
      <source>Format, pixels and frames a second. Choosing one fills in its size and its rate.</source>
      <translation>Format, Pixel und Bilder pro Sekunde. Wer eines wählt, füllt Größe und Bildrate aus.</translation>
    </message>
    <message>
      <source>Set</source>
      <translation>Setzen</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Asked for</source>
      <translation>Gewünscht</translation>
    </message>
    <message>
      <source>As the camera says</source>
      <translation>Laut Kamera</translation>
    </message>
    <message>
      <source>as it is</source>
      <translation>wie es ist</translation>
    </message>
    <message>
      <source>not taken: %1</source>
      <translation>nicht übernommen: %1</translation>
    </message>
    <message>
      <source>Formats: not told</source>
      <translation>Formate: unbekannt</translation>
    </message>
    <message>
      <source>Formats: %1</source>
      <translation>Formate: %1</translation>
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
    <name>ClaimBar</name>
    <message>
      <source>Component</source>
      <translation>Komponente</translation>
    </message>
  </context>
  <context>
    <name>ClaimLook</name>
    <message>
      <source>only what looks like the %1</source>
      <translation>nur, was aussieht wie: %1</translation>
    </message>
    <message>
      <source>Lookalike</source>
      <translation>Doppelgänger</translation>
    </message>
    <message>
      <source>LOOKALIKE</source>
      <translation>DOPPELGÄNGER</translation>
    </message>
    <message>
      <source>as it should be</source>
      <translation>wie es sein soll</translation>
    </message>
    <message>
      <source>as it must not be</source>
      <translation>wie es nicht sein darf</translation>
    </message>
    <message>
      <source>with the %1</source>
      <translation>mit: %1</translation>
    </message>
    <message>
      <source>Positive</source>
      <translation>Positiv</translation>
    </message>
    <message>
      <source>POSITIVE</source>
      <translation>POSITIV</translation>
    </message>
    <message>
      <source>without the %1</source>
      <translation>ohne: %1</translation>
    </message>
    <message>
      <source>Negative</source>
      <translation>Negativ</translation>
    </message>
    <message>
      <source>NEGATIVE</source>
      <translation>NEGATIV</translation>
    </message>
  </context>
  <context>
    <name>CloserLook</name>
    <message>
      <source>Serial number %1</source>
      <translation>Seriennummer %1</translation>
    </message>
    <message>
      <source>Reading the picture …</source>
      <translation>Das Bild wird gelesen …</translation>
    </message>
    <message>
      <source>What was wrong with the verdict?</source>
      <translation>Was war an dem Urteil falsch?</translation>
    </message>
    <message>
      <source>It was wrong</source>
      <translation>Das war falsch</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Zurück</translation>
    </message>
    <message>
      <source>The picture is not kept any more.</source>
      <translation>Das Bild ist nicht mehr aufbewahrt.</translation>
    </message>
  </context>
  <context>
    <name>Coach</name>
    <message>
      <source>The picture is dark: check the light and the lens cap.</source>
      <translation>Das Bild ist dunkel: prüfen Sie das Licht und den Objektivdeckel.</translation>
    </message>
    <message>
      <source>The picture is dim: add light, or lengthen the exposure.</source>
      <translation>Das Bild ist trüb: mehr Licht, oder länger belichten.</translation>
    </message>
    <message>
      <source>The picture is blown out: shorten the exposure or dim the light.</source>
      <translation>Das Bild ist überstrahlt: kürzer belichten oder das Licht dimmen.</translation>
    </message>
    <message>
      <source>A part of the picture is blown out: tilt the lamp or the product, or shorten the exposure.</source>
      <translation>Ein Teil des Bildes ist überstrahlt: Lampe oder Produkt neigen, oder kürzer belichten.</translation>
    </message>
    <message>
      <source>The picture is blurred: move slower, or look after the focus.</source>
      <translation>Das Bild ist unscharf: bewegen Sie langsamer, oder sehen Sie nach dem Fokus.</translation>
    </message>
    <message>
      <source>Enough: nothing new comes any more.</source>
      <translation>Genug: es kommt nichts Neues mehr.</translation>
    </message>
    <message>
      <source>Nothing new: move and turn the product a little, and shade the light with a hand.</source>
      <translation>Nichts Neues: bewegen und drehen Sie das Produkt ein wenig, und beschatten Sie das Licht mit einer Hand.</translation>
    </message>
    <message>
      <source>Something reaches over the picture's edge: show the part whole, and take the hand away now and then.</source>
      <translation>Etwas ragt über den Bildrand: zeigen Sie das Teil ganz, und nehmen Sie die Hand ab und zu weg.</translation>
    </message>
    <message>
      <source>Let it rest now and then: the station judges what rests.</source>
      <translation>Lassen Sie es ab und zu ruhen: die Station beurteilt, was ruht.</translation>
    </message>
    <message>
      <source>too dark</source>
      <translation>zu dunkel</translation>
    </message>
    <message>
      <source>blown out</source>
      <translation>überstrahlt</translation>
    </message>
    <message>
      <source>blurred</source>
      <translation>unscharf</translation>
    </message>
    <message>
      <source>the empty place</source>
      <translation>die leere Stelle</translation>
    </message>
    <message>
      <source>another variant</source>
      <translation>eine andere Variante</translation>
    </message>
    <message>
      <source>the component half seated</source>
      <translation>die Komponente halb eingesetzt</translation>
    </message>
    <message>
      <source>a hand or a tool in its place</source>
      <translation>eine Hand oder ein Werkzeug an ihrer Stelle</translation>
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
    <name>Comparison</name>
    <message>
      <source>The bundles of this recipe</source>
      <translation>Die Bündel dieses Rezepts</translation>
    </message>
    <message>
      <source>Made</source>
      <translation>Gemacht</translation>
    </message>
    <message>
      <source>At the station</source>
      <translation>An der Station</translation>
    </message>
    <message>
      <source>How</source>
      <translation>Wie</translation>
    </message>
    <message>
      <source>Taught by</source>
      <translation>Gelehrt von</translation>
    </message>
    <message>
      <source>Negatives</source>
      <translation>Negative</translation>
    </message>
    <message>
      <source>Counts from</source>
      <translation>Zählt ab</translation>
    </message>
    <message>
      <source>Never seen before</source>
      <translation>Nie zuvor gesehen</translation>
    </message>
    <message>
      <source>Validate again</source>
      <translation>Erneut prüfen</translation>
    </message>
    <message>
      <source>Validate</source>
      <translation>Prüfen</translation>
    </message>
    <message>
      <source>Go back to the one before</source>
      <translation>Zum vorigen zurück</translation>
    </message>
    <message>
      <source>Use at the station</source>
      <translation>An der Station verwenden</translation>
    </message>
    <message>
      <source>in use</source>
      <translation>in Verwendung</translation>
    </message>
    <message>
      <source>the one before</source>
      <translation>das davor</translation>
    </message>
    <message>
      <source>not in use</source>
      <translation>nicht in Verwendung</translation>
    </message>
    <message>
      <source>quick</source>
      <translation>schnell</translation>
    </message>
    <message>
      <source>standard</source>
      <translation>standard</translation>
    </message>
    <message>
      <source>thorough</source>
      <translation>gründlich</translation>
    </message>
    <message>
      <source>steps</source>
      <translation>Schritte</translation>
    </message>
    <message>
      <source>ended early</source>
      <translation>vorzeitig beendet</translation>
    </message>
    <message>
      <source>%1 with boxes</source>
      <translation>%1 mit Rahmen</translation>
    </message>
    <message>
      <source>%1 verified empty</source>
      <translation>%1 bestätigt leer</translation>
    </message>
    <message>
      <source>%1 empty places taught</source>
      <translation>%1 leere Stellen lehrten</translation>
    </message>
    <message>
      <source>nobody looked for what fools it</source>
      <translation>niemand suchte, was es täuscht</translation>
    </message>
    <message>
      <source>seen on %1 empty frames: %2</source>
      <translation>gesehen in %1 leeren Bildern: %2</translation>
    </message>
    <message>
      <source>rounds with what fooled it: %1</source>
      <translation>Runden mit dem, was es täuschte: %1</translation>
    </message>
    <message>
      <source>not validated yet</source>
      <translation>noch nicht geprüft</translation>
    </message>
    <message>
      <source>%1 of %2 bad passed</source>
      <translation>%1 von %2 schlechten durchgelassen</translation>
    </message>
    <message>
      <source>%1 of %2 good rejected</source>
      <translation>%1 von %2 guten abgelehnt</translation>
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
    <name>Contradiction</name>
    <message>
      <source>It is there</source>
      <translation>Es ist da</translation>
    </message>
    <message>
      <source>It is not</source>
      <translation>Es ist nicht da</translation>
    </message>
    <message>
      <source>This recording should be without “%1”, yet something here looks like it. Is it there?</source>
      <translation>Diese Aufnahme soll ohne „%1“ sein, doch etwas hier sieht so aus. Ist es da?</translation>
    </message>
    <message>
      <source>This recording should show “%1”, yet it seems out of sight here. Is it in its box?</source>
      <translation>Diese Aufnahme soll „%1“ zeigen, doch hier scheint es nicht zu sehen zu sein. Ist es in seinem Rahmen?</translation>
    </message>
  </context>
  <context>
    <name>ControlChart</name>
    <message>
      <source>Share of rejects</source>
      <translation>Anteil Ausschuss</translation>
    </message>
    <message>
      <source>Share of rejects, %1 % in all; dashed: the limits</source>
      <translation>Anteil Ausschuss, insgesamt %1 %; gestrichelt: die Grenzen</translation>
    </message>
    <message>
      <source>%1: %2 of %3</source>
      <translation>%1: %2 von %3</translation>
    </message>
  </context>
  <context>
    <name>Curves</name>
    <message>
      <source>How wrong it is, over the steps: should fall</source>
      <translation>Wie falsch es liegt, über die Schritte: soll fallen</translation>
    </message>
    <message>
      <source>from here also what fooled it</source>
      <translation>ab hier auch, was es täuschte</translation>
    </message>
    <message>
      <source>On frames that it never learns from</source>
      <translation>Auf Bildern, aus denen es nie lernt</translation>
    </message>
    <message>
      <source>learned from</source>
      <translation>daraus gelernt</translation>
    </message>
    <message>
      <source>never seen</source>
      <translation>nie gesehen</translation>
    </message>
    <message>
      <source>found</source>
      <translation>gefunden</translation>
    </message>
    <message>
      <source>loudest false one</source>
      <translation>lautester falscher Fund</translation>
    </message>
  </context>
  <context>
    <name>Editor</name>
    <message>
      <source>Picture with its boxes</source>
      <translation>Bild mit seinen Rahmen</translation>
    </message>
  </context>
  <context>
    <name>Engine</name>
    <message>
      <source>Teach an inspection from two short videos per component, then say PASS or FAIL in real time.</source>
      <translation>Eine Prüfung aus zwei kurzen Videos je Komponente lehren, dann in Echtzeit GUT oder FEHLER sagen.</translation>
    </message>
    <message>
      <source>Cannot use %1: %2.</source>
      <translation>%1 lässt sich nicht benutzen: %2.</translation>
    </message>
    <message>
      <source>Something happened that nobody foresaw (%1). It is written down in %2.</source>
      <translation>Etwas geschah, das niemand vorhersah (%1). Es ist in %2 festgehalten.</translation>
    </message>
    <message>
      <source>There are %1 workers, from 0 to %2; there is no number %3.</source>
      <translation>Es gibt %1 Worker, von 0 bis %2; eine Nummer %3 gibt es nicht.</translation>
    </message>
    <message>
      <source>A worker is named HOST:PORT, as in 192.168.0.5:2222; '%1' is not.</source>
      <translation>Ein Worker heißt HOST:PORT, wie in 192.168.0.5:2222; '%1' ist kein solcher Name.</translation>
    </message>
    <message>
      <source>boxes must have the shape (n, 4), these have %1</source>
      <translation>boxes muss die Form (n, 4) haben, hier ist sie %1</translation>
    </message>
    <message>
      <source>a box holds a number that is not finite</source>
      <translation>ein Rahmen enthält eine Zahl, die nicht endlich ist</translation>
    </message>
    <message>
      <source>a box must have xmin &lt; xmax and ymin &lt; ymax, this one is %1</source>
      <translation>ein Rahmen braucht xmin &lt; xmax und ymin &lt; ymax, dieser ist %1</translation>
    </message>
    <message>
      <source>the bundle</source>
      <translation>das Bundle</translation>
    </message>
    <message>
      <source>files should name '%1' and its SHA-256</source>
      <translation>files sollte '%1' und dessen SHA-256 nennen</translation>
    </message>
    <message>
      <source>thresholds should name '%1'</source>
      <translation>thresholds sollte '%1' nennen</translation>
    </message>
    <message>
      <source>a station runs no %1</source>
      <translation>eine Station kann %1 nicht ausführen</translation>
    </message>
    <message>
      <source>Export %1 here, or use %2 itself.</source>
      <translation>%1 hier exportieren, oder %2 selbst verwenden.</translation>
    </message>
    <message>
      <source>Train it here.</source>
      <translation>Hier trainieren.</translation>
    </message>
    <message>
      <source>The bundle %1 was changed: %2. Copy it again, or train it again.</source>
      <translation>Das Bündel %1 wurde verändert: %2. Noch einmal kopieren, oder neu trainieren.</translation>
    </message>
    <message>
      <source>Copy the bundle to %1 first: %2 is not its place.</source>
      <translation>Das Bündel zuerst nach %1 kopieren: %2 ist nicht sein Platz.</translation>
    </message>
    <message>
      <source>The recipe '%1' had no other bundle before this one.</source>
      <translation>Das Rezept '%1' hatte vor diesem kein anderes Bündel.</translation>
    </message>
    <message>
      <source>There is no source '%1'.%2 A source is %3.</source>
      <translation>Es gibt keine Quelle '%1'.%2 Eine Quelle ist %3.</translation>
    </message>
    <message>
      <source>The camera has sent no picture for %1 s: check its cable, its power and its network.</source>
      <translation>Die Kamera hat seit %1 s kein Bild geschickt: Kabel, Strom und Netzwerk prüfen.</translation>
    </message>
    <message>
      <source>The picture is dark: check the light and the lens cap.</source>
      <translation>Das Bild ist dunkel: prüfen Sie das Licht und den Objektivdeckel.</translation>
    </message>
    <message>
      <source>The picture is blown out: shorten the exposure or dim the light.</source>
      <translation>Das Bild ist überstrahlt: kürzer belichten oder das Licht dimmen.</translation>
    </message>
    <message>
      <source>The picture is frozen: the camera sends nothing new. Unplug it, and plug it in again.</source>
      <translation>Das Bild steht still: die Kamera schickt nichts Neues. Abziehen und wieder anstecken.</translation>
    </message>
    <message>
      <source>Say which component it shows.</source>
      <translation>Angeben, welche Komponente zu sehen ist.</translation>
    </message>
    <message>
      <source>A component is named twice: %1.</source>
      <translation>Eine Komponente ist zweimal genannt: %1.</translation>
    </message>
    <message>
      <source>No camera sees all of %1: record each by the camera that sees it.</source>
      <translation>Keine Kamera sieht alles von %1: jedes mit der Kamera aufnehmen, die es sieht.</translation>
    </message>
    <message>
      <source>The pattern '%1' can be of one component only, not of %2.</source>
      <translation>Das Muster '%1' kann nur zu einer Komponente gehören, nicht zu %2.</translation>
    </message>
    <message>
      <source>What looks like '%1' and is none is recorded as --negative.</source>
      <translation>Was aussieht wie '%1' und keines ist, wird als --negative aufgenommen.</translation>
    </message>
    <message>
      <source>'%1' has no patterns: leave '%2' away.</source>
      <translation>'%1' hat keine Muster: '%2' weglassen.</translation>
    </message>
    <message>
      <source>A recording of '%1' in the pattern '%2' is %3.</source>
      <translation>Eine Aufnahme von '%1' im Muster '%2' ist %3.</translation>
    </message>
    <message>
      <source>Say which pattern of '%1' it shows: %2.</source>
      <translation>Angeben, welches Muster von '%1' zu sehen ist: %2.</translation>
    </message>
    <message>
      <source>Say who records it: a recording needs a name behind it.</source>
      <translation>Angeben, wer aufnimmt: hinter einer Aufnahme muss ein Name stehen.</translation>
    </message>
    <message>
      <source>The camera %1 does not answer: check its cable and its power (%2).</source>
      <translation>Die Kamera %1 antwortet nicht: Kabel und Strom prüfen (%2).</translation>
    </message>
    <message>
      <source>The camera %1 is used by another program, or was a moment ago: end that one.</source>
      <translation>Die Kamera %1 wird von einem anderen Programm verwendet, oder wurde es gerade noch: jenes beenden.</translation>
    </message>
    <message>
      <source>The camera %1: %2.</source>
      <translation>Die Kamera %1: %2.</translation>
    </message>
    <message>
      <source>The camera %1 gives no picture: check its cable, its power and its network (%2).</source>
      <translation>Die Kamera %1 liefert kein Bild: Kabel, Strom und Netzwerk prüfen (%2).</translation>
    </message>
    <message>
      <source>The camera %1 gives %2; none of %3.</source>
      <translation>Die Kamera %1 liefert %2; nichts davon ist %3.</translation>
    </message>
    <message>
      <source>'genicam:%1' names %2 cameras. Connected: %3.</source>
      <translation>'genicam:%1' nennt %2 Kameras. Angeschlossen: %3.</translation>
    </message>
    <message>
      <source>For GenICam cameras install what reads them: %1 (%2).</source>
      <translation>Für GenICam-Kameras installieren, was sie liest: %1 (%2).</translation>
    </message>
    <message>
      <source>There is no GenTL producer in the folders that %1 names: install it again.</source>
      <translation>In den Ordnern, die %1 nennt, ist kein GenTL-Producer: neu installieren.</translation>
    </message>
    <message>
      <source>No GenTL producer can be loaded (%1). Install it again.</source>
      <translation>Es lässt sich kein GenTL-Producer laden (%1). Neu installieren.</translation>
    </message>
    <message>
      <source>Nothing here reads GenICam cameras: install the GenTL producer that the camera's maker offers, and name its folder in %1; or Aravis: %2.</source>
      <translation>Nichts hier liest GenICam-Kameras: den GenTL-Producer installieren, den der Hersteller der Kamera anbietet, und seinen Ordner in %1 nennen; oder Aravis: %2.</translation>
    </message>
    <message>
      <source>The camera came back without its %1: unplug it, and plug it in again.</source>
      <translation>Die Kamera kam zurück, aber ohne %1: abziehen und wieder anstecken.</translation>
    </message>
    <message>
      <source>There is no file or folder %1.</source>
      <translation>Es gibt keine Datei und keinen Ordner %1.</translation>
    </message>
    <message>
      <source>Only pictures become one recording together, and %1 is none: import it alone.</source>
      <translation>Nur Bilder werden zusammen eine Aufnahme, und %1 ist keines: importieren Sie es allein.</translation>
    </message>
    <message>
      <source>%1 holds pictures in folders of its own (%2): import each by itself.</source>
      <translation>%1 enthält Bilder in eigenen Ordnern (%2): jeden für sich importieren.</translation>
    </message>
    <message>
      <source>this name cannot be kept on every system; rename the picture</source>
      <translation>dieser Name ist nicht auf jedem System möglich; das Bild umbenennen</translation>
    </message>
    <message>
      <source>another picture has this name but for its ending: %1; rename one</source>
      <translation>ein anderes Bild heißt bis auf die Endung genauso: %1; eines umbenennen</translation>
    </message>
    <message>
      <source>Cannot copy into %1: %2. Free some space, then import again.</source>
      <translation>In %1 lässt sich nichts kopieren: %2. Platz schaffen, dann noch einmal importieren.</translation>
    </message>
    <message>
      <source>The camera %1 gives no picture: check its cable, its power and its network.</source>
      <translation>Die Kamera %1 liefert kein Bild: Kabel, Strom und Netzwerk prüfen.</translation>
    </message>
    <message>
      <source>The camera %1 does not answer: check its address, its network, user and password.</source>
      <translation>Die Kamera %1 antwortet nicht: Adresse, Netzwerk, Benutzer und Passwort prüfen.</translation>
    </message>
    <message>
      <source>This is no camera's address: it should look like %1://192.168.0.10/stream.</source>
      <translation>Dies ist nicht die Adresse einer Kamera: sie sollte aussehen wie %1://192.168.0.10/stream.</translation>
    </message>
    <message>
      <source>The setting '%1' should be a number, as in %2=30; it is '%3'.</source>
      <translation>Die Einstellung '%1' sollte eine Zahl sein, wie in %2=30; sie ist '%3'.</translation>
    </message>
    <message>
      <source>this picture of %1x%2 pixels is too small to show anything: %3 are the least side</source>
      <translation>dieses Bild von %1x%2 Pixeln ist zu klein, um etwas zu zeigen: die Seiten müssen mindestens %3 haben</translation>
    </message>
    <message>
      <source>this picture of %1x%2 pixels is too large: scale it to %3 megapixels or less</source>
      <translation>dieses Bild von %1x%2 Pixeln ist zu groß: auf höchstens %3 Megapixel verkleinern</translation>
    </message>
    <message>
      <source>Cannot read the folder %1: %2.</source>
      <translation>Der Ordner %1 lässt sich nicht lesen: %2.</translation>
    </message>
    <message>
      <source>The folder %1 holds no pictures (%2).</source>
      <translation>Der Ordner %1 enthält keine Bilder (%2).</translation>
    </message>
    <message>
      <source>There is no picture %1. Where it was taken out of a video, inspector extract takes it out again.</source>
      <translation>Es gibt kein Bild %1. Wurde es einem Video entnommen, entnimmt inspector extract es noch einmal.</translation>
    </message>
    <message>
      <source>Cannot read %1: %2.</source>
      <translation>%1 lässt sich nicht lesen: %2.</translation>
    </message>
    <message>
      <source>The picture %1 is empty (0 bytes); copy it again.</source>
      <translation>Das Bild %1 ist leer (0 Bytes); noch einmal kopieren.</translation>
    </message>
    <message>
      <source>The picture %1 was altered since it was imported or taken out of its video: take it from a backup. One out of a video may be deleted, too: inspector extract takes it anew.</source>
      <translation>Das Bild %1 wurde verändert, seit es importiert oder seinem Video entnommen wurde: aus einer Sicherung holen. Eines aus einem Video kann auch gelöscht werden: inspector extract entnimmt es neu.</translation>
    </message>
    <message>
      <source>The picture %1 is too large: scale it to %2 megapixels or less.</source>
      <translation>Das Bild %1 ist zu groß: auf höchstens %2 Megapixel verkleinern.</translation>
    </message>
    <message>
      <source>The picture %1 cannot be read: it is cut short or of another kind than its name says.</source>
      <translation>Das Bild %1 lässt sich nicht lesen: es ist abgeschnitten oder von anderer Art, als sein Name sagt.</translation>
    </message>
    <message>
      <source>is too large: scale it to %1 megapixels or less</source>
      <translation>ist zu groß: auf höchstens %1 Megapixel verkleinern</translation>
    </message>
    <message>
      <source>The camera did not take %1: it goes on with what it had.</source>
      <translation>Die Kamera hat %1 nicht übernommen: sie läuft weiter mit dem, was sie hatte.</translation>
    </message>
    <message>
      <source>The camera says that it took %1, but its pictures do not change with it: set it at the camera.</source>
      <translation>Die Kamera sagt, sie habe %1 übernommen, doch ihre Bilder ändern sich damit nicht: an der Kamera einstellen.</translation>
    </message>
    <message>
      <source>The camera says that it took %1, but its pictures follow only up to a point before: choose less.</source>
      <translation>Die Kamera sagt, sie habe %1 übernommen, doch ihre Bilder folgen nur bis zu einem Punkt davor: weniger wählen.</translation>
    </message>
    <message>
      <source>Whether the camera took %1 could not be seen: the picture is too dark, too bright or too restless.</source>
      <translation>Ob die Kamera %1 übernommen hat, war nicht zu sehen: das Bild ist zu dunkel, zu hell oder zu unruhig.</translation>
    </message>
    <message>
      <source>The camera sends %1 pictures a second, and says %2: shorten the exposure, or ask for smaller pictures.</source>
      <translation>Die Kamera schickt %1 Bilder je Sekunde und sagt %2: kürzer belichten, oder kleinere Bilder verlangen.</translation>
    </message>
    <message>
      <source>What was recorded until then is kept in %1.</source>
      <translation>Was bis dahin aufgenommen wurde, bleibt in %1.</translation>
    </message>
    <message>
      <source>a fault in the program stopped it (%1)</source>
      <translation>ein Fehler im Programm hat sie beendet (%1)</translation>
    </message>
    <message>
      <source>Recording stopped after %1 s: %2. %3 Details are in the log.</source>
      <translation>Die Aufnahme endete nach %1 s: %2. %3 Einzelheiten stehen im Protokoll.</translation>
    </message>
    <message>
      <source>the disk is full</source>
      <translation>die Platte ist voll</translation>
    </message>
    <message>
      <source>the disk failed (%1)</source>
      <translation>die Platte hat versagt (%1)</translation>
    </message>
    <message>
      <source>Recording stopped after %1 s: %2. %3 Free some space, then record again.</source>
      <translation>Die Aufnahme endete nach %1 s: %2. %3 Platz schaffen, dann noch einmal aufnehmen.</translation>
    </message>
    <message>
      <source>No picture came from the camera, so nothing was recorded.</source>
      <translation>Von der Kamera kam kein Bild, also wurde nichts aufgenommen.</translation>
    </message>
    <message>
      <source>%1 What was recorded until then, %2 frames, is kept in %3.</source>
      <translation>%1 Was bis dahin aufgenommen wurde, %2 Bilder, bleibt in %3.</translation>
    </message>
    <message>
      <source>'%1' leaves the recording's folder</source>
      <translation>'%1' führt aus dem Ordner der Aufnahme hinaus</translation>
    </message>
    <message>
      <source>the recording</source>
      <translation>die Aufnahme</translation>
    </message>
    <message>
      <source>a negative recording needs 'attested_by', the person who says that the component is nowhere in it</source>
      <translation>eine negative Aufnahme braucht 'attested_by', die Person, die sagt, dass die Komponente nirgends darin ist</translation>
    </message>
    <message>
      <source>the recording is called %1 and its folder %2: rename the folder back, or remove it where it is a copy</source>
      <translation>die Aufnahme heißt %1 und ihr Ordner %2: den Ordner zurückbenennen, oder ihn löschen, wenn er eine Kopie ist</translation>
    </message>
    <message>
      <source>The recording in %1 was ended before its first frame was written; delete the folder.</source>
      <translation>Die Aufnahme in %1 wurde beendet, bevor ihr erstes Bild geschrieben war; den Ordner löschen.</translation>
    </message>
    <message>
      <source>this file of the recording is missing</source>
      <translation>diese Datei der Aufnahme fehlt</translation>
    </message>
    <message>
      <source>this file was altered after it was recorded; take it from a backup</source>
      <translation>diese Datei wurde nach der Aufnahme verändert; aus einer Sicherung holen</translation>
    </message>
    <message>
      <source>The recording %1 has the frames 0 to %2; one asked for is not among them.</source>
      <translation>Die Aufnahme %1 hat die Bilder 0 bis %2; ein verlangtes ist nicht darunter.</translation>
    </message>
    <message>
      <source>%1 frames are missing that were there when it was recorded</source>
      <translation>es fehlen %1 Bilder, die bei der Aufnahme da waren</translation>
    </message>
    <message>
      <source>'%1' is given twice.</source>
      <translation>'%1' ist zweimal angegeben.</translation>
    </message>
    <message>
      <source>A scene has no '%1'.%2</source>
      <translation>Eine Szene hat kein '%1'.%2</translation>
    </message>
    <message>
      <source>'%1' belongs to a %2, and this is a %3.</source>
      <translation>'%1' gehört zu: %2, und dies ist: %3.</translation>
    </message>
    <message>
      <source>'%1' should be %2, not '%3'.</source>
      <translation>'%1' sollte %2 sein, nicht '%3'.</translation>
    </message>
    <message>
      <source>No picture came. Check the camera's cable, or choose another.</source>
      <translation>Es kam kein Bild. Das Kabel der Kamera prüfen, oder eine andere wählen.</translation>
    </message>
    <message>
      <source>The recording %1 is still being made: end it first.</source>
      <translation>Die Aufnahme %1 läuft noch: zuerst beenden.</translation>
    </message>
    <message>
      <source>There is no recording %1 any more.</source>
      <translation>Es gibt keine Aufnahme %1 mehr.</translation>
    </message>
    <message>
      <source>There is a recording %1 again; nothing was put back.</source>
      <translation>Es gibt wieder eine Aufnahme %1; nichts wurde zurückgeholt.</translation>
    </message>
    <message>
      <source>%1 is gone: the trash was emptied.</source>
      <translation>%1 ist nicht mehr da: der Papierkorb wurde geleert.</translation>
    </message>
    <message>
      <source>Cannot delete %1: %2. Close what uses it, or look after the folder's permissions.</source>
      <translation>%1 lässt sich nicht löschen: %2. Schließen, was es benutzt, oder die Rechte des Ordners prüfen.</translation>
    </message>
    <message>
      <source>Cannot move %1 to %2: %3. Close what uses it, or look after the folder's permissions.</source>
      <translation>%1 lässt sich nicht nach %2 verschieben: %3. Schließen, was es verwendet, oder nach den Rechten des Ordners sehen.</translation>
    </message>
    <message>
      <source>The first one is usb:0, the next usb:1.</source>
      <translation>Die erste ist usb:0, die nächste usb:1.</translation>
    </message>
    <message>
      <source>The camera %1 does not answer: check its cable, and that no other program uses it.</source>
      <translation>Die Kamera %1 antwortet nicht: das Kabel prüfen, und dass kein anderes Programm sie verwendet.</translation>
    </message>
    <message>
      <source>Cannot ask %1 which formats it has: %2.</source>
      <translation>%1 kann nicht gefragt werden, welche Formate es hat: %2.</translation>
    </message>
    <message>
      <source>The video %1 is empty (0 bytes); copy or record it again.</source>
      <translation>Das Video %1 ist leer (0 Bytes); noch einmal kopieren oder aufnehmen.</translation>
    </message>
    <message>
      <source>There is no video %1.</source>
      <translation>Es gibt kein Video %1.</translation>
    </message>
    <message>
      <source>You may not read %1; ask its owner, or copy it to a place of your own.</source>
      <translation>Die Rechte zum Lesen von %1 fehlen; den Besitzer fragen, oder an einen eigenen Ort kopieren.</translation>
    </message>
    <message>
      <source>%1 cannot be opened as a video: it is cut short or of another kind.</source>
      <translation>%1 lässt sich nicht als Video öffnen: es ist abgeschnitten oder von anderer Art.</translation>
    </message>
    <message>
      <source>%1 holds sound but no video.</source>
      <translation>%1 enthält Ton, aber kein Video.</translation>
    </message>
    <message>
      <source>The video %1 is damaged after %2 frames (%3).</source>
      <translation>Das Video %1 ist nach %2 Bildern beschädigt (%3).</translation>
    </message>
    <message>
      <source>The video %1 holds no frame that can be decoded.</source>
      <translation>Das Video %1 enthält kein Bild, das sich dekodieren lässt.</translation>
    </message>
    <message>
      <source>The video %1 is cut short: it ends at %2 s of %3 s. Copy it again.</source>
      <translation>Das Video %1 ist abgeschnitten: es endet bei %2 s von %3 s. Noch einmal kopieren.</translation>
    </message>
    <message>
      <source>What is true of frames: see it, say it, take it over from other programs or hand it out.</source>
      <translation>Was von Bildern wahr ist: es ansehen, es sagen, es aus anderen Programmen übernehmen oder weitergeben.</translation>
    </message>
    <message>
      <source>Name the frames whose suggestion is right, or say --all.</source>
      <translation>Die Bilder nennen, deren Vorschlag stimmt, oder --all angeben.</translation>
    </message>
    <message>
      <source>--shards and --label-map belong to --format %1.</source>
      <translation>--shards und --label-map gehören zu --format %1.</translation>
    </message>
    <message>
      <source>--map should be THEIRS=OURS, got '%1'.</source>
      <translation>--map sollte THEIRS=OURS sein, angegeben ist '%1'.</translation>
    </message>
    <message>
      <source>Who did what at this workspace's station.</source>
      <translation>Wer an der Station dieses Arbeitsbereichs was getan hat.</translation>
    </message>
    <message>
      <source>Keep this elsewhere: with it, audit check --known tells later whether the log was cut or written anew.</source>
      <translation>Dies anderswo aufbewahren: damit sagt audit check --known später, ob das Protokoll gekürzt oder neu geschrieben wurde.</translation>
    </message>
    <message>
      <source>%1 is there already; name a new file.</source>
      <translation>%1 gibt es schon; eine neue Datei nennen.</translation>
    </message>
    <message>
      <source>A line at its end was not written whole, as after a power cut; the next entry says so.</source>
      <translation>Eine Zeile an seinem Ende wurde nicht ganz geschrieben, wie nach einem Stromausfall; der nächste Eintrag sagt es.</translation>
    </message>
    <message>
      <source>A key sealed its entries that is not here: whether they were altered cannot be told without it.</source>
      <translation>Ein Schlüssel hat die Einträge versiegelt, der nicht hier ist: ob sie verändert wurden, lässt sich ohne ihn nicht sagen.</translation>
    </message>
    <message>
      <source>A path is empty: name a file or a folder, or '.' for this folder.</source>
      <translation>Ein Pfad ist leer: eine Datei oder einen Ordner nennen, oder '.' für diesen Ordner.</translation>
    </message>
    <message>
      <source>Nobody reads the standard output any more.</source>
      <translation>Niemand liest mehr die Standardausgabe.</translation>
    </message>
    <message>
      <source>Cannot write to the standard output: %1.</source>
      <translation>Die Standardausgabe lässt sich nicht schreiben: %1.</translation>
    </message>
    <message>
      <source>The training ended without a bundle.</source>
      <translation>Das Training endete ohne Bündel.</translation>
    </message>
    <message>
      <source>Taught by %1 frames with boxes, none drawn by hand, and %2 verified-empty frames; %3 negatives of these reached the loss.</source>
      <translation>Gelehrt von %1 Bildern mit Rahmen, keiner von Hand gezeichnet, und %2 bestätigt leeren Bildern; %3 Negative aus diesen gingen in den Verlust ein.</translation>
    </message>
    <message>
      <source>Escapes (bad passed): %1. Overkill (good not passed): %2.</source>
      <translation>Schlupf (schlecht, aber durchgelassen): %1. Pseudofehler (gut, aber nicht durchgelassen): %2.</translation>
    </message>
    <message>
      <source>A station does not run onnx: name a new folder for it with --out.</source>
      <translation>Eine Station führt onnx nicht aus: mit --out einen neuen Ordner dafür nennen.</translation>
    </message>
    <message>
      <source>What is exported as %1 becomes a bundle of the workspace: leave --out away.</source>
      <translation>Was als %1 exportiert wird, wird ein Bündel des Arbeitsordners: --out weglassen.</translation>
    </message>
    <message>
      <source>--every-frame judges all frames, and --trigger those asked for: leave one out.</source>
      <translation>--every-frame beurteilt alle Bilder, --trigger die verlangten: eines davon weglassen.</translation>
    </message>
    <message>
      <source>The picture is good again.</source>
      <translation>Das Bild ist wieder gut.</translation>
    </message>
    <message>
      <source>--worker says which of several machines this is: name all of them with --workers.</source>
      <translation>--worker sagt, welche von mehreren Maschinen dies ist: alle mit --workers nennen.</translation>
    </message>
    <message>
      <source>--expect times the training on this machine alone: leave --workers away.</source>
      <translation>--expect misst das Training nur auf dieser Maschine: --workers weglassen.</translation>
    </message>
    <message>
      <source>No component of '%1' has patterns to decide on: take --second-look confirms.</source>
      <translation>Keine Komponente von '%1' hat Muster, über die zu entscheiden wäre: --second-look confirms nehmen.</translation>
    </message>
    <message>
      <source>%1 counts from a score of %2 only, since something scores nearly as much where it is not: where it is, it may be missed. Train longer or with more --rounds, or record more of both.</source>
      <translation>%1 zählt erst ab einem Wert von %2, da etwas fast ebenso viel erreicht, wo es nicht ist: wo es ist, kann es übersehen werden. Länger oder mit mehr --rounds trainieren, oder von beidem mehr aufnehmen.</translation>
    </message>
    <message>
      <source>It sees no %1 in any golden frame, so nothing proves that it sees it at all.</source>
      <translation>In keinem Referenzbild sieht es %1, also beweist nichts, dass es das überhaupt sieht.</translation>
    </message>
    <message>
      <source>It was taught with the preset quick, which shows whether the recordings teach and is not for a station.</source>
      <translation>Es wurde mit der Vorgabe „Schnell“ gelehrt, die zeigt, ob die Aufnahmen etwas lehren, und nicht für eine Station ist.</translation>
    </message>
    <message>
      <source>%1 lies outside the workspace; copy it into %2 first.</source>
      <translation>%1 liegt außerhalb des Arbeitsordners; zuerst nach %2 kopieren.</translation>
    </message>
    <message>
      <source>Nothing scores %1 or more on the negative recordings.</source>
      <translation>Nichts erreicht auf den negativen Aufnahmen %1 oder mehr.</translation>
    </message>
    <message>
      <source>--take should be numbers of what is listed, as 1,4, or all; '%1' is not.</source>
      <translation>--take sollte Nummern aus der Liste sein, wie 1,4, oder all; '%1' ist das nicht.</translation>
    </message>
    <message>
      <source>--take should be numbers from 1 to %1, as 1,4, or all; '%2' is not.</source>
      <translation>--take sollte Nummern von 1 bis %1 sein, wie 1,4, oder all; '%2' ist das nicht.</translation>
    </message>
    <message>
      <source>Nothing that is listed was seen in %1: it may have changed. List them again.</source>
      <translation>In %1 wurde nichts aus der Liste gesehen: es kann sich geändert haben. Die Liste neu ausgeben.</translation>
    </message>
    <message>
      <source>The ways to the plant: OPC UA, Modbus, MQTT, webhook.</source>
      <translation>Die Wege zur Anlage: OPC UA, Modbus, MQTT, Webhook.</translation>
    </message>
    <message>
      <source>No output is switched on: see 'outputs' in docs/plant.md.</source>
      <translation>Kein Ausgang ist eingeschaltet: siehe 'outputs' in docs/plant.md.</translation>
    </message>
    <message>
      <source>The plant may act on what it is shown. Is the line stopped?</source>
      <translation>Die Anlage kann nach dem handeln, was ihr gezeigt wird. Steht die Linie still?</translation>
    </message>
    <message>
      <source>Who is registered at the station, and who may do what.</source>
      <translation>Wer an der Station angemeldet werden kann, und wer was tun darf.</translation>
    </message>
    <message>
      <source>PIN of %1 until now: </source>
      <translation>Bisherige PIN von %1: </translation>
    </message>
    <message>
      <source>Say which engineer does it: --by NAME.</source>
      <translation>Angeben, welcher Ingenieur es tut: --by NAME.</translation>
    </message>
    <message>
      <source>PIN of %1: </source>
      <translation>PIN von %1: </translation>
    </message>
    <message>
      <source>New PIN of %1: </source>
      <translation>Neue PIN von %1: </translation>
    </message>
    <message>
      <source>The same again: </source>
      <translation>Noch einmal dieselbe: </translation>
    </message>
    <message>
      <source>These were two different PINs: nothing was changed.</source>
      <translation>Das waren zwei verschiedene PINs: nichts wurde geändert.</translation>
    </message>
    <message>
      <source>A PIN is missing: give each on a line of the standard input, or do it in a terminal.</source>
      <translation>Eine PIN fehlt: jede auf einer Zeile der Standardeingabe angeben, oder es in einem Terminal tun.</translation>
    </message>
    <message>
      <source>Make, check and show a recipe.</source>
      <translation>Ein Rezept anlegen, prüfen und zeigen.</translation>
    </message>
    <message>
      <source>There is already a recipe '%1': %2. Edit that file, or choose another name.</source>
      <translation>Es gibt schon ein Rezept '%1': %2. Diese Datei bearbeiten, oder einen anderen Namen wählen.</translation>
    </message>
    <message>
      <source>--count should be NAME=N, got '%1'.</source>
      <translation>--count sollte NAME=N sein, angegeben ist '%1'.</translation>
    </message>
    <message>
      <source>--camera should be NAME=CAMERA, got '%1'.</source>
      <translation>--camera sollte NAME=CAMERA sein, angegeben ist '%1'.</translation>
    </message>
    <message>
      <source>List recordings, throw them away, and put them back.</source>
      <translation>Aufnahmen auflisten, wegwerfen und zurücklegen.</translation>
    </message>
    <message>
      <source>What was inspected.</source>
      <translation>Was geprüft wurde.</translation>
    </message>
    <message>
      <source>'%1' is no moment: write 2026-03-01, or 2026-03-01T14:30.</source>
      <translation>'%1' ist kein Zeitpunkt: 2026-03-01 oder 2026-03-01T14:30 schreiben.</translation>
    </message>
    <message>
      <source>The time ends before it begins: give an earlier --since, or a later --until.</source>
      <translation>Die Zeit endet, bevor sie beginnt: ein früheres --since oder ein späteres --until angeben.</translation>
    </message>
    <message>
      <source>There is no plant's database: name it in settings.yaml, as 'database' under 'records'.</source>
      <translation>Es gibt keine Datenbank der Anlage: in settings.yaml nennen, als 'database' unter 'records'.</translation>
    </message>
    <message>
      <source>--there and --not-there answer what was found before: leave the other options away.</source>
      <translation>--there und --not-there beantworten, was zuvor gefunden wurde: die anderen Optionen weglassen.</translation>
    </message>
    <message>
      <source>--minutes belongs to --quick-detector: nothing else learns.</source>
      <translation>--minutes gehört zu --quick-detector: nichts anderes lernt.</translation>
    </message>
    <message>
      <source>Nothing in %1 recordings contradicts what was said of them.</source>
      <translation>Nichts in %1 Aufnahmen widerspricht dem, was zu ihnen gesagt wurde.</translation>
    </message>
    <message>
      <source>%1 cannot be both: say --there or --not-there.</source>
      <translation>%1 kann nicht beides sein: --there oder --not-there angeben.</translation>
    </message>
    <message>
      <source>%1, as was said.</source>
      <translation>%1, wie gesagt wurde.</translation>
    </message>
    <message>
      <source>%1 ignored from now on, and will not %2.</source>
      <translation>%1 ab jetzt ausgelassen und nicht %2.</translation>
    </message>
    <message>
      <source>The audit log ends with %1.</source>
      <translation>Das Prüfprotokoll endet mit %1.</translation>
    </message>
    <message>
      <source>The audit log is empty, or damaged at its end.</source>
      <translation>Das Prüfprotokoll ist leer oder am Ende beschädigt.</translation>
    </message>
    <message>
      <source>Pictures of the line that somebody said were judged wrong.</source>
      <translation>Bilder von der Linie, von denen jemand sagte, dass sie falsch beurteilt wurden.</translation>
    </message>
    <message>
      <source>Record longer, and move and turn the product a little.</source>
      <translation>Länger aufnehmen, und das Produkt ein wenig bewegen und drehen.</translation>
    </message>
    <message>
      <source>%1 is no .record file: its boxes are for inspector annotations import, once it is in.</source>
      <translation>%1 ist keine .record-Datei: ihre Rahmen übernimmt inspector annotations import, sobald sie importiert ist.</translation>
    </message>
    <message>
      <source>%1 differs from %2 in more than what it shows: %3. Record it again, or what tells the two apart may be that.</source>
      <translation>%1 unterscheidet sich von %2 in mehr als dem, was es zeigt: %3. Noch einmal aufnehmen, sonst könnte gerade das die beiden unterscheiden.</translation>
    </message>
    <message>
      <source>--minutes belongs to --from %1: nothing else learns.</source>
      <translation>--minutes gehört zu --from %1: nichts anderes lernt.</translation>
    </message>
    <message>
      <source>Say --pattern %1 or --lookalike: what only looks like a component has no pattern.</source>
      <translation>--pattern %1 oder --lookalike angeben: was nur aussieht wie eine Komponente, hat kein Muster.</translation>
    </message>
    <message>
      <source>Say --positive (the component is in it) or --negative (it is nowhere in it).</source>
      <translation>--positive (die Komponente ist darin) oder --negative (sie ist nirgends darin) angeben.</translation>
    </message>
    <message>
      <source>A training goes on as it began: leave %1 away, or leave --resume away.</source>
      <translation>Ein Training geht weiter, wie es begann: %1 weglassen, oder --resume weglassen.</translation>
    </message>
    <message>
      <source>The training %1 is running already: it needs nobody to go on with it.</source>
      <translation>Das Training %1 läuft schon: niemand muss es fortsetzen.</translation>
    </message>
    <message>
      <source>The training takes about %1 on this machine.</source>
      <translation>Das Training dauert auf dieser Maschine etwa %1.</translation>
    </message>
    <message>
      <source>Deleted since its frames were packed: %1. Of these the bundle is made and proved with the packed pictures, which are smaller, and nothing more is looked for in them. To make it from whole frames, press Ctrl-C, bring the recordings back, and go on with --resume.</source>
      <translation>Gelöscht, seit die Bilder gepackt wurden: %1. Für diese wird das Bündel mit den gepackten Bildern gemacht und erprobt, die kleiner sind, und in ihnen wird nichts weiter gesucht. Um es aus ganzen Bildern zu machen: Strg+C drücken, die Aufnahmen zurückholen und mit --resume weitermachen.</translation>
    </message>
    <message>
      <source>--set takes NAME=VALUE, as boosting=0.5 or objective.classification=focal; '%1' is not.</source>
      <translation>--set nimmt NAME=VALUE, wie boosting=0.5 oder objective.classification=focal; '%1' ist das nicht.</translation>
    </message>
    <message>
      <source>%1 is said twice, and not alike: leave one of them away.</source>
      <translation>%1 ist zweimal angegeben, und nicht gleich: eine der Angaben weglassen.</translation>
    </message>
    <message>
      <source>--set %1: '%2' is no value, as 0.5, true, focal or [1, 2] would be.</source>
      <translation>--set %1: '%2' ist kein Wert, wie 0.5, true, focal oder [1, 2] es wären.</translation>
    </message>
    <message>
      <source>boxes, scores and classes should have the shapes (n, 4), (n,), (n,); these have %1, %2, %3</source>
      <translation>boxes, scores und classes sollten die Formen (n, 4), (n,), (n,) haben; hier sind sie %1, %2, %3</translation>
    </message>
    <message>
      <source>classes should lie in 0..%1, these are %2</source>
      <translation>classes sollten in 0..%1 liegen, diese sind %2</translation>
    </message>
    <message>
      <source>The network says what is no number: its bundle is damaged, or this machine computes wrongly. Copy the bundle again, or train it again.</source>
      <translation>Das Netz liefert, was keine Zahl ist: sein Bündel ist beschädigt, oder diese Maschine rechnet falsch. Das Bündel noch einmal kopieren, oder neu trainieren.</translation>
    </message>
    <message>
      <source>... and %1 more.</source>
      <translation>... und %1 weitere.</translation>
    </message>
    <message>
      <source> Did you mean '%1'?</source>
      <translation> Gemeint war '%1'?</translation>
    </message>
    <message>
      <source>this should be a whole number, got %1</source>
      <translation>hier sollte eine ganze Zahl stehen, angegeben ist %1</translation>
    </message>
    <message>
      <source>this should be a number, got %1</source>
      <translation>hier sollte eine Zahl stehen, angegeben ist %1</translation>
    </message>
    <message>
      <source>this should be a finite number, got %1</source>
      <translation>hier sollte eine endliche Zahl stehen, angegeben ist %1</translation>
    </message>
    <message>
      <source>this should be a text, got %1</source>
      <translation>hier sollte ein Text stehen, angegeben ist %1</translation>
    </message>
    <message>
      <source>this should have %1 or more characters</source>
      <translation>hier sollten %1 oder mehr Zeichen stehen</translation>
    </message>
    <message>
      <source>this should have %1 characters or fewer</source>
      <translation>hier sollten %1 oder weniger Zeichen stehen</translation>
    </message>
    <message>
      <source>this should hold letters, digits, '.', '_' and '-' alone, and begin with a letter</source>
      <translation>hier sollten nur Buchstaben, Ziffern, '.', '_' und '-' stehen, am Anfang ein Buchstabe</translation>
    </message>
    <message>
      <source>this should be true or false, got %1</source>
      <translation>hier sollte true oder false stehen, angegeben ist %1</translation>
    </message>
    <message>
      <source>this should be a list, got %1</source>
      <translation>hier sollte eine Liste stehen, angegeben ist %1</translation>
    </message>
    <message>
      <source>this should be keys with their values, got %1</source>
      <translation>hier sollten Schlüssel mit ihren Werten stehen, angegeben ist %1</translation>
    </message>
    <message>
      <source>this should be more than %1, got %2</source>
      <translation>dies sollte mehr als %1 sein, angegeben ist %2</translation>
    </message>
    <message>
      <source>this should be %1 or more, got %2</source>
      <translation>dies sollte %1 oder mehr sein, angegeben ist %2</translation>
    </message>
    <message>
      <source>this should be less than %1, got %2</source>
      <translation>dies sollte weniger als %1 sein, angegeben ist %2</translation>
    </message>
    <message>
      <source>this should be %1 or less, got %2</source>
      <translation>dies sollte %1 oder weniger sein, angegeben ist %2</translation>
    </message>
    <message>
      <source>this cannot be read as JSON: %1</source>
      <translation>dies lässt sich nicht als JSON lesen: %1</translation>
    </message>
    <message>
      <source>this should hold at least %1, got %2</source>
      <translation>dies sollte mindestens %1 enthalten, es sind %2</translation>
    </message>
    <message>
      <source>this should hold at most %1, got %2</source>
      <translation>dies sollte höchstens %1 enthalten, es sind %2</translation>
    </message>
    <message>
      <source>this should be a moment with its time zone, as 2026-01-31T12:00:00Z, got %1</source>
      <translation>hier sollte ein Zeitpunkt mit Zeitzone stehen, wie 2026-01-31T12:00:00Z, angegeben ist %1</translation>
    </message>
    <message>
      <source>this should be %1, got %2</source>
      <translation>hier sollte %1 stehen, angegeben ist %2</translation>
    </message>
    <message>
      <source>this should be one of %1, got %2</source>
      <translation>hier sollte eines von %1 stehen, angegeben ist %2</translation>
    </message>
    <message>
      <source>unknown key '%1'.%2</source>
      <translation>unbekannter Schlüssel '%1'.%2</translation>
    </message>
    <message>
      <source>'%1' is missing</source>
      <translation>'%1' fehlt</translation>
    </message>
    <message>
      <source>%1 is no file that can be written anew; name another.</source>
      <translation>%1 ist keine Datei, die sich neu schreiben lässt; eine andere nennen.</translation>
    </message>
    <message>
      <source>Cannot write %1: %2. Free some space or choose another folder.</source>
      <translation>%1 lässt sich nicht schreiben: %2. Platz schaffen oder einen anderen Ordner wählen.</translation>
    </message>
    <message>
      <source>Cannot write %1: %2. Free some space or choose another place.</source>
      <translation>%1 lässt sich nicht schreiben: %2. Platz schaffen oder einen anderen Ort wählen.</translation>
    </message>
    <message>
      <source>%1 does not belong to it</source>
      <translation>%1 gehört nicht dazu</translation>
    </message>
    <message>
      <source>%1 is missing</source>
      <translation>%1 fehlt</translation>
    </message>
    <message>
      <source>%1 is not the file that was made</source>
      <translation>%1 ist nicht die Datei, die gemacht wurde</translation>
    </message>
    <message>
      <source>this should be a YAML mapping that starts with 'format: 1'</source>
      <translation>dies sollte eine YAML-Zuordnung sein, die mit 'format: 1' beginnt</translation>
    </message>
    <message>
      <source>the first line should be 'format: 1'</source>
      <translation>die erste Zeile sollte 'format: 1' sein</translation>
    </message>
    <message>
      <source>this has %1 faults: see whether it is the file that is meant</source>
      <translation>darin sind %1 Fehler: prüfen, ob es die gemeinte Datei ist</translation>
    </message>
    <message>
      <source>%1 is too large to be one of our files.</source>
      <translation>%1 ist zu groß, um eine unserer Dateien zu sein.</translation>
    </message>
    <message>
      <source>There is no file %1.</source>
      <translation>Es gibt keine Datei %1.</translation>
    </message>
    <message>
      <source>%1 is a folder; a file is wanted here.</source>
      <translation>%1 ist ein Ordner; hier wird eine Datei gebraucht.</translation>
    </message>
    <message>
      <source>this is not a text file in UTF-8</source>
      <translation>dies ist keine Textdatei in UTF-8</translation>
    </message>
    <message>
      <source>%1 is a device or a pipe; a file is wanted here.</source>
      <translation>%1 ist ein Gerät oder eine Pipe; hier wird eine Datei gebraucht.</translation>
    </message>
    <message>
      <source>an image is (H, W, 3) uint8 BGR, this is %1 %2</source>
      <translation>ein Bild ist (H, W, 3) uint8 BGR, dieses ist %1 %2</translation>
    </message>
    <message>
      <source>An inspection waits to be kept: the disk is slow, or another program holds the records.</source>
      <translation>Eine Prüfung wartet darauf, aufgezeichnet zu werden: die Platte ist langsam, oder ein anderes Programm hält die Aufzeichnungen.</translation>
    </message>
    <message>
      <source>The station failed (%1: %2). Start it again.</source>
      <translation>Die Station ist ausgefallen (%1: %2). Neu starten.</translation>
    </message>
    <message>
      <source>The clock of this computer says %1 UTC, and the bundle was made at %2 UTC: set the clock.</source>
      <translation>Die Uhr dieses Rechners sagt %1 UTC, und das Bündel wurde um %2 UTC gemacht: die Uhr stellen.</translation>
    </message>
    <message>
      <source>The clock of this computer was set forward by %1 s: see that it is right now.</source>
      <translation>Die Uhr dieses Rechners wurde um %1 s vorgestellt: nachsehen, ob sie jetzt stimmt.</translation>
    </message>
    <message>
      <source>The clock of this computer was set back by %1 s: see that it is right now.</source>
      <translation>Die Uhr dieses Rechners wurde um %1 s zurückgestellt: nachsehen, ob sie jetzt stimmt.</translation>
    </message>
    <message>
      <source>What was taught is not in the picture: turn the camera back to where it looked, or clear what covers the ground.</source>
      <translation>Was gelehrt wurde, ist nicht im Bild: die Kamera zurückdrehen, wohin sie sah, oder entfernen, was den Grund verdeckt.</translation>
    </message>
    <message>
      <source>The picture is blurred: clean the lens, and set its focus.</source>
      <translation>Das Bild ist unscharf: die Linse putzen und scharf stellen.</translation>
    </message>
    <message>
      <source>The picture is %1 times as bright as taught: set light and exposure as they were.</source>
      <translation>Das Bild ist %1-mal so hell wie beim Lehren: Licht und Belichtung einstellen, wie sie waren.</translation>
    </message>
    <message>
      <source>The picture is only %1 % as bright as taught: set light and exposure as they were.</source>
      <translation>Das Bild ist nur %1 % so hell wie beim Lehren: Licht und Belichtung einstellen, wie sie waren.</translation>
    </message>
    <message>
      <source>The picture has %1 % more red than taught: set lamp and white balance as they were.</source>
      <translation>Das Bild hat %1 % mehr Rot als beim Lehren: Lampe und Weißabgleich einstellen, wie sie waren.</translation>
    </message>
    <message>
      <source>The picture has %1 % less red than taught: set lamp and white balance as they were.</source>
      <translation>Das Bild hat %1 % weniger Rot als beim Lehren: Lampe und Weißabgleich einstellen, wie sie waren.</translation>
    </message>
    <message>
      <source>The picture has %1 % more blue than taught: set lamp and white balance as they were.</source>
      <translation>Das Bild hat %1 % mehr Blau als beim Lehren: Lampe und Weißabgleich einstellen, wie sie waren.</translation>
    </message>
    <message>
      <source>The picture has %1 % less blue than taught: set lamp and white balance as they were.</source>
      <translation>Das Bild hat %1 % weniger Blau als beim Lehren: Lampe und Weißabgleich einstellen, wie sie waren.</translation>
    </message>
    <message>
      <source>Light glares on %1 % of where '%2' is looked for: turn the lamp, or shade the place.</source>
      <translation>Licht blendet auf %1 % der Fläche, auf der '%2' gesucht wird: die Lampe drehen, oder die Stelle abschatten.</translation>
    </message>
    <message>
      <source>Light glares on %1 % of the picture: turn the lamp, or shade the place.</source>
      <translation>Licht blendet auf %1 % des Bildes: die Lampe drehen, oder die Stelle abschatten.</translation>
    </message>
    <message>
      <source>The camera or the fixture has moved by %1 % of the picture: put it back as it was.</source>
      <translation>Die Kamera oder die Aufnahme des Werkstücks hat sich um %1 % des Bildes verschoben: zurückstellen, wie sie war.</translation>
    </message>
    <message>
      <source>Light, sharpness and place are not checked: the bundle keeps no views. Train the recipe again.</source>
      <translation>Licht, Schärfe und Lage werden nicht überwacht: das Bündel enthält keine Ansichten. Das Rezept neu trainieren.</translation>
    </message>
    <message>
      <source>Whether the camera was moved cannot be told: nothing in the picture stays where it is. Put four marks on the ground, record and train again.</source>
      <translation>Ob die Kamera verschoben wurde, lässt sich nicht sagen: nichts im Bild bleibt, wo es ist. Vier Marken auf den Grund setzen, neu aufnehmen und trainieren.</translation>
    </message>
    <message>
      <source>The disk of the records in %1 does not answer: %2.</source>
      <translation>Die Platte der Aufzeichnungen in %1 antwortet nicht: %2.</translation>
    </message>
    <message>
      <source>The disk of the records in %1 has %2 GB left: free %3 GB, so that inspections can be kept.</source>
      <translation>Die Platte der Aufzeichnungen in %1 hat noch %2 GB: %3 GB freimachen, damit Prüfungen aufgezeichnet werden können.</translation>
    </message>
    <message>
      <source>Cannot write %1: %2. Free some space, then start again.</source>
      <translation>%1 lässt sich nicht schreiben: %2. Platz schaffen, dann neu starten.</translation>
    </message>
    <message>
      <source>See that it is the right one and lies well, and prove the station again; do not use it until it passes.</source>
      <translation>Nachsehen, ob es das richtige ist und gut liegt, und die Station erneut proben; bis dahin nicht verwenden.</translation>
    </message>
    <message>
      <source>This is %1.</source>
      <translation>Dies ist %1.</translation>
    </message>
    <message>
      <source>Put a known good workpiece under the camera.</source>
      <translation>Ein bekannt gutes Werkstück unter die Kamera legen.</translation>
    </message>
    <message>
      <source>Put the known good workpiece %1 under the camera.</source>
      <translation>Das bekannt gute Werkstück %1 unter die Kamera legen.</translation>
    </message>
    <message>
      <source>Put a known bad workpiece under the camera.</source>
      <translation>Ein bekannt schlechtes Werkstück unter die Kamera legen.</translation>
    </message>
    <message>
      <source>Put the known bad workpiece %1 under the camera.</source>
      <translation>Das bekannt schlechte Werkstück %1 unter die Kamera legen.</translation>
    </message>
    <message>
      <source>Put a known bad workpiece under the camera, one whose '%1' alone is wrong.</source>
      <translation>Ein bekannt schlechtes Werkstück unter die Kamera legen, bei dem nur '%1' falsch ist.</translation>
    </message>
    <message>
      <source>Put the known bad workpiece %1 under the camera: its '%2' alone is wrong.</source>
      <translation>Das bekannt schlechte Werkstück %1 unter die Kamera legen: nur '%2' ist daran falsch.</translation>
    </message>
    <message>
      <source>The known good workpiece was judged %1: %2.</source>
      <translation>Das bekannt gute Werkstück wurde als %1 beurteilt: %2.</translation>
    </message>
    <message>
      <source>The known bad workpiece was judged %1: %2.</source>
      <translation>Das bekannt schlechte Werkstück wurde als %1 beurteilt: %2.</translation>
    </message>
    <message>
      <source>The known bad workpiece should FAIL for its '%1' alone, and was judged %2: %3.</source>
      <translation>Das bekannt schlechte Werkstück sollte allein wegen '%1' durchfallen, und wurde als %2 beurteilt: %3.</translation>
    </message>
    <message>
      <source>The inspection that it is about was refused.</source>
      <translation>Die Prüfung, um die es geht, wurde abgelehnt.</translation>
    </message>
    <message>
      <source>What was inspected does not reach the plant's database (%1: %2).</source>
      <translation>Was geprüft wurde, erreicht die Datenbank der Anlage nicht (%1: %2).</translation>
    </message>
    <message>
      <source>A PDF is about one serial number: say which.</source>
      <translation>Ein PDF handelt von einer Seriennummer: angeben, von welcher.</translation>
    </message>
    <message>
      <source>No such inspection of the serial number '%1' is in the records.</source>
      <translation>Von der Seriennummer '%1' steht keine solche Prüfung in den Aufzeichnungen.</translation>
    </message>
    <message>
      <source>Cannot write %1: the picture of %2x%3 cannot be kept as JPEG.</source>
      <translation>%1 lässt sich nicht schreiben: das Bild von %2x%3 kann nicht als JPEG gesichert werden.</translation>
    </message>
    <message>
      <source>Say who marks the verdict.</source>
      <translation>Angeben, wer das Urteil beanstandet.</translation>
    </message>
    <message>
      <source>Say why the verdict was wrong.</source>
      <translation>Angeben, warum das Urteil falsch war.</translation>
    </message>
    <message>
      <source>The records in %1 were written by a newer version of this program, and are left as they are. Bring this program up to date.</source>
      <translation>Die Aufzeichnungen in %1 hat eine neuere Version dieses Programms geschrieben, und sie bleiben, wie sie sind. Dieses Programm auf den neuesten Stand bringen.</translation>
    </message>
    <message>
      <source>Look at 'database' in settings.yaml, under 'records'.</source>
      <translation>'database' in settings.yaml unter 'records' ansehen.</translation>
    </message>
    <message>
      <source>The plant's database needs a package that is not installed: pip install 'assembly-inspector[postgres]'.</source>
      <translation>Die Datenbank der Anlage braucht ein Paket, das nicht installiert ist: pip install 'assembly-inspector[postgres]'.</translation>
    </message>
    <message>
      <source>This is not the address of a plant's database; write %1.</source>
      <translation>Das ist keine Adresse einer Datenbank der Anlage; %1 schreiben.</translation>
    </message>
    <message>
      <source>The plant's database %1 refuses it: %2.</source>
      <translation>Die Datenbank des Werks %1 lehnt es ab: %2.</translation>
    </message>
    <message>
      <source>The plant's database %1 is locked or slow: %2.</source>
      <translation>Die Datenbank der Anlage %1 ist gesperrt oder langsam: %2.</translation>
    </message>
    <message>
      <source>The plant's database %1 has no space left. Free some there.</source>
      <translation>Die Datenbank der Anlage %1 hat keinen Platz mehr. Dort Platz schaffen.</translation>
    </message>
    <message>
      <source>The plant's database %1 does not let this station in: %2. Ask who looks after it.</source>
      <translation>Die Datenbank der Anlage %1 lässt diese Station nicht ein: %2. Fragen, wer sich darum kümmert.</translation>
    </message>
    <message>
      <source>Cannot reach the plant's database %1: %2. Look whether it runs, and at the network.</source>
      <translation>Die Datenbank der Anlage %1 ist nicht zu erreichen: %2. Nachsehen, ob sie läuft, und nach dem Netz.</translation>
    </message>
    <message>
      <source>Cannot use the plant's database %1: %2.</source>
      <translation>Die Datenbank der Anlage %1 lässt sich nicht verwenden: %2.</translation>
    </message>
    <message>
      <source>Cannot keep records in %1: %2.</source>
      <translation>In %1 lässt sich nichts aufzeichnen: %2.</translation>
    </message>
    <message>
      <source>There is no inspection '%1' in the records.</source>
      <translation>In den Aufzeichnungen gibt es keine Prüfung '%1'.</translation>
    </message>
    <message>
      <source>%1 inspections or marks were refused; they are kept here, and tried again every hour. The first:</source>
      <translation>%1 Prüfungen oder Urteile wurden abgelehnt; sie bleiben hier und werden jede Stunde erneut versucht. Die erste:</translation>
    </message>
    <message>
      <source>The records in %1 were removed or replaced while they were in use: nothing can be kept in them any more. Start this program again; new records begin where there are none.</source>
      <translation>Die Aufzeichnungen in %1 wurden entfernt oder ersetzt, während sie in Gebrauch waren: in ihnen lässt sich nichts mehr festhalten. Dieses Programm neu starten; wo keine sind, beginnen neue Aufzeichnungen.</translation>
    </message>
    <message>
      <source>The records in %1 are damaged. Start the station again: it sets them aside, and new ones begin.</source>
      <translation>Die Aufzeichnungen in %1 sind beschädigt. Die Station neu starten: sie legt sie beiseite, und neue beginnen.</translation>
    </message>
    <message>
      <source>The records in %1 are locked by another program. Close it, then start again.</source>
      <translation>Die Aufzeichnungen in %1 sind von einem anderen Programm gesperrt. Jenes schließen, dann neu starten.</translation>
    </message>
    <message>
      <source>Cannot write %1: the disk is full. Free some space, then start again.</source>
      <translation>%1 lässt sich nicht schreiben: die Platte ist voll. Platz schaffen, dann neu starten.</translation>
    </message>
    <message>
      <source>Cannot use the records in %1: %2.</source>
      <translation>Die Aufzeichnungen in %1 lassen sich nicht verwenden: %2.</translation>
    </message>
    <message>
      <source>The records in %1 are damaged, and cannot be set aside: %2. Close what else reads them, then start again.</source>
      <translation>Die Aufzeichnungen in %1 sind beschädigt und lassen sich nicht beiseitelegen: %2. Schließen, was sie sonst noch liest, dann neu starten.</translation>
    </message>
    <message>
      <source>The records were damaged and are now set aside in %1. Start again: new records begin.</source>
      <translation>Die Aufzeichnungen waren beschädigt und liegen jetzt gesondert in %1. Neu starten: dann beginnen neue Aufzeichnungen.</translation>
    </message>
    <message>
      <source>Removed %1 pictures (%2 MB) and %3 records.</source>
      <translation>Entfernt: %1 Bilder (%2 MB) und %3 Aufzeichnungen.</translation>
    </message>
    <message>
      <source> %1 older records stay: '%2' has not got them yet.</source>
      <translation> %1 ältere Aufzeichnungen bleiben: '%2' hat sie noch nicht.</translation>
    </message>
    <message>
      <source>Cannot remove %1: %2.</source>
      <translation>%1 lässt sich nicht entfernen: %2.</translation>
    </message>
    <message>
      <source>Another station records in %1 already. End it, or give this one a workspace of its own.</source>
      <translation>In %1 zeichnet schon eine andere Station auf. Beenden Sie sie, oder geben Sie dieser einen eigenen Arbeitsbereich.</translation>
    </message>
    <message>
      <source>'%1' is not in settings.yaml any more, and %2 records are kept until it has got them. Name it there again, or forget it: inspector records tidy --forget %3.</source>
      <translation>'%1' steht nicht mehr in settings.yaml, und %2 Aufzeichnungen bleiben, bis es sie bekommen hat. Es dort wieder nennen, oder es vergessen: inspector records tidy --forget %3.</translation>
    </message>
    <message>
      <source>%1 is a live camera and %2 is not, so they show no moment together: name live cameras only, or files only.</source>
      <translation>%1 ist eine laufende Kamera und %2 nicht, also zeigen sie keinen Augenblick gemeinsam: nur laufende Kameras nennen, oder nur Dateien.</translation>
    </message>
    <message>
      <source>No picture was judged for %1 s.</source>
      <translation>Seit %1 s wurde kein Bild beurteilt.</translation>
    </message>
    <message>
      <source>The station was ended.</source>
      <translation>Die Station wurde beendet.</translation>
    </message>
    <message>
      <source>Samples were put where the workpieces lie.</source>
      <translation>Proben wurden dorthin gelegt, wo die Werkstücke liegen.</translation>
    </message>
    <message>
      <source>This picture was %1 s old before it was judged: the computer is too slow, or was held up.</source>
      <translation>Dieses Bild war %1 s alt, bevor es beurteilt wurde: der Rechner ist zu langsam oder wurde aufgehalten.</translation>
    </message>
    <message>
      <source>The recipe '%1' has one camera: name one source, not %2.</source>
      <translation>Das Rezept '%1' hat eine Kamera: eine Quelle nennen, nicht %2.</translation>
    </message>
    <message>
      <source>The recipe '%1' is of the cameras %2: say CAMERA=SOURCE, not '%3'.</source>
      <translation>Das Rezept '%1' ist für die Kameras %2: CAMERA=SOURCE angeben, nicht '%3'.</translation>
    </message>
    <message>
      <source>Nothing says which source the camera '%1' is. Write it into settings.yaml, as in 'cameras: {%2: usb:1}', or name it with --source.</source>
      <translation>Nichts sagt, welche Quelle die Kamera '%1' ist. In settings.yaml schreiben, wie in 'cameras: {%2: usb:1}', oder mit --source nennen.</translation>
    </message>
    <message>
      <source>The station was not started.</source>
      <translation>Die Station wurde nicht gestartet.</translation>
    </message>
    <message>
      <source>The recipe '%1' asks for %2, the bundle %3 was taught %4. Train the recipe again, or change it back.</source>
      <translation>Das Rezept '%1' verlangt %2, das Bündel %3 hat %4 gelernt. Das Rezept neu trainieren, oder es zurückändern.</translation>
    </message>
    <message>
      <source>The recipe '%1' is of %2: name one source for each, and no other.</source>
      <translation>Das Rezept '%1' ist für %2: für jede eine Quelle nennen, und keine andere.</translation>
    </message>
    <message>
      <source>In the recipe '%1' other components share a camera than in the bundle %2, which never saw them there. Record and train the recipe again, or change it back.</source>
      <translation>Im Rezept '%1' teilen sich andere Komponenten eine Kamera als im Bündel %2, das sie dort nie gesehen hat. Das Rezept neu aufnehmen und trainieren, oder es zurückändern.</translation>
    </message>
    <message>
      <source>The recipe '%1' is for pictures of %2x%3, the bundle %4 was taught on %5x%6. Record and train the recipe again, or change it back.</source>
      <translation>Das Rezept '%1' ist für Bilder von %2x%3, das Bündel %4 hat auf %5x%6 gelernt. Das Rezept neu aufnehmen und trainieren, oder es zurückändern.</translation>
    </message>
    <message>
      <source>The bundle %1 has no working score for '%2'. Train the recipe again, or set its 'threshold' in the recipe.</source>
      <translation>Das Bündel %1 hat keine Schwelle für '%2'. Das Rezept neu trainieren, oder 'threshold' dafür im Rezept setzen.</translation>
    </message>
    <message>
      <source>Busy: the trigger of %1 s ago is not decided yet. Trigger again after its verdict.</source>
      <translation>Beschäftigt: der Auslöser von vor %1 s ist noch nicht entschieden. Nach seinem Urteil noch einmal auslösen.</translation>
    </message>
    <message>
      <source>%1 is a picture of %2x%3, and the recipe '%4' is for others. Take it again.</source>
      <translation>%1 ist ein Bild von %2x%3, und das Rezept '%4' ist für andere. Noch einmal aufnehmen.</translation>
    </message>
    <message>
      <source>There is no folder %1 to watch for triggers. Make it, or name another.</source>
      <translation>Es gibt keinen Ordner %1, der auf Auslöser überwacht werden soll. Anlegen, oder einen anderen nennen.</translation>
    </message>
    <message>
      <source>Nobody could watch %1 for a while. Triggers refused for that: %2.</source>
      <translation>Niemand konnte %1 eine Zeit lang überwachen. Deshalb abgewiesene Auslöser: %2.</translation>
    </message>
    <message>
      <source>Cannot watch %1 for triggers: %2.</source>
      <translation>%1 lässt sich nicht auf Auslöser überwachen: %2.</translation>
    </message>
    <message>
      <source>No key can ask for an inspection any more: the standard input has ended.</source>
      <translation>Keine Taste kann mehr eine Prüfung verlangen: die Standardeingabe ist zu Ende.</translation>
    </message>
    <message>
      <source>The recipe '%1' waits for no trigger. Set 'trigger: asked' in its vote.</source>
      <translation>Das Rezept '%1' wartet auf keinen Auslöser. 'trigger: asked' in seinem vote setzen.</translation>
    </message>
    <message>
      <source>Busy: the last inspection waits for its serial number. Scan it, then trigger again.</source>
      <translation>Beschäftigt: die letzte Prüfung wartet auf ihre Seriennummer. Diese scannen, dann noch einmal auslösen.</translation>
    </message>
    <message>
      <source>Nothing asks for inspections any more (%1: %2). Start again.</source>
      <translation>Nichts verlangt mehr Prüfungen (%1: %2). Neu starten.</translation>
    </message>
    <message>
      <source>What asks for inspections can be reached again.</source>
      <translation>Was Prüfungen verlangt, ist wieder zu erreichen.</translation>
    </message>
    <message>
      <source>A serial number has 1 to %1 letters, digits and signs that can be printed.</source>
      <translation>Eine Seriennummer hat 1 bis %1 Buchstaben, Ziffern und druckbare Zeichen.</translation>
    </message>
    <message>
      <source>'%1' is no serial number of this product: it should match '%2'.</source>
      <translation>'%1' ist keine Seriennummer dieses Produkts: sie sollte zu '%2' passen.</translation>
    </message>
    <message>
      <source>'%1' was scanned in the place of '%2'.</source>
      <translation>'%1' wurde anstelle von '%2' gescannt.</translation>
    </message>
    <message>
      <source>'%1' came too late: its inspection is over. Inspect that workpiece again.</source>
      <translation>'%1' kam zu spät: Die Prüfung ist vorbei. Prüfen Sie dieses Werkstück noch einmal.</translation>
    </message>
    <message>
      <source>'%1' came too late: its inspection is over. Inspect that workpiece again. If it is the next one's, scan it again.</source>
      <translation>'%1' kam zu spät: Die Prüfung ist vorbei. Prüfen Sie dieses Werkstück noch einmal. Gehört sie zum nächsten, scannen Sie sie erneut.</translation>
    </message>
    <message>
      <source>'%1' names nothing: scan the number of a workpiece while it is inspected.</source>
      <translation>'%1' benennt nichts: Scannen Sie die Nummer eines Werkstücks, während es geprüft wird.</translation>
    </message>
    <message>
      <source>'inspector %1' ended with code %2.</source>
      <translation>'inspector %1' endete mit Code %2.</translation>
    </message>
    <message>
      <source>should be %1</source>
      <translation>sollte %1 sein</translation>
    </message>
    <message>
      <source>a box lies in a picture, this one is %1</source>
      <translation>ein Rahmen liegt in einem Bild, dieser ist %1</translation>
    </message>
    <message>
      <source>a frame with %1 boxes cannot be '%2'</source>
      <translation>ein Bild mit %1 Rahmen kann nicht '%2' sein</translation>
    </message>
    <message>
      <source>Boxes are drawn, suggested or imported: a frame is not said to have some.</source>
      <translation>Rahmen werden gezeichnet, vorgeschlagen oder importiert: dass ein Bild welche hat, lässt sich nicht einfach sagen.</translation>
    </message>
    <message>
      <source>Another program has changed %1 of %2 meanwhile: nothing was changed now; look at them again.</source>
      <translation>Ein anderes Programm hat inzwischen %1 von %2 geändert: jetzt wurde nichts geändert; noch einmal ansehen.</translation>
    </message>
    <message>
      <source>Another program is writing the annotations of %1: wait until it is done, then do it again.</source>
      <translation>Ein anderes Programm schreibt gerade die Beschriftungen von %1: warten, bis es fertig ist, dann noch einmal versuchen.</translation>
    </message>
    <message>
      <source>There is nothing to take back.</source>
      <translation>Es gibt nichts zurückzunehmen.</translation>
    </message>
    <message>
      <source>There is nothing to make again.</source>
      <translation>Es gibt nichts zu wiederholen.</translation>
    </message>
    <message>
      <source>%1 of %2 were changed since, and not by this program: nothing was changed now.</source>
      <translation>%1 von %2 wurden seither geändert, und nicht von diesem Programm: jetzt wurde nichts geändert.</translation>
    </message>
    <message>
      <source>There is nothing to compare '%1' with: record a video of the same place without it. Boxes are found by the difference between the two.</source>
      <translation>Es gibt nichts, womit sich '%1' vergleichen lässt: ein Video derselben Stelle ohne die Komponente aufnehmen. Rahmen werden am Unterschied zwischen beiden gefunden.</translation>
    </message>
    <message>
      <source>The negative recording %1 seems to show '%2' in %3 of its %4 frames (%5). A negative teaches what is not there, so it must be nowhere in the picture: record it again without it, or with this place alone in view.</source>
      <translation>Die negative Aufnahme %1 scheint '%2' in %3 ihrer %4 Bilder zu zeigen (%5). Ein Negativ lehrt, was nicht da ist, also darf es nirgends im Bild sein: noch einmal ohne aufnehmen, oder nur mit dieser Stelle im Blick.</translation>
    </message>
    <message>
      <source>%1 a box of '%2' that a person drew or confirmed, and a detector learns from %3: confirm %4 more.</source>
      <translation>%1 einen Rahmen von '%2', den eine Person gezeichnet oder bestätigt hat, und ein Detektor lernt ab %3: noch %4 bestätigen.</translation>
    </message>
    <message>
      <source>There is no frame left to propose boxes of %1 for: in recordings that show nothing else, every frame is annotated. Record or extract more first.</source>
      <translation>Es ist kein Bild übrig, für das Rahmen von %1 vorgeschlagen werden könnten: In Aufnahmen, die nichts anderes zeigen, ist jedes Bild beschriftet. Erst mehr aufnehmen oder entnehmen.</translation>
    </message>
    <message>
      <source>The picture is dim: add light, or lengthen the exposure.</source>
      <translation>Das Bild ist trüb: mehr Licht, oder länger belichten.</translation>
    </message>
    <message>
      <source>A part of the picture is blown out: tilt the lamp or the product, or shorten the exposure.</source>
      <translation>Ein Teil des Bildes ist überstrahlt: Lampe oder Produkt neigen, oder kürzer belichten.</translation>
    </message>
    <message>
      <source>The picture is blurred: move slower, or look after the focus.</source>
      <translation>Das Bild ist unscharf: bewegen Sie langsamer, oder sehen Sie nach dem Fokus.</translation>
    </message>
    <message>
      <source>Enough: nothing new comes any more.</source>
      <translation>Genug: es kommt nichts Neues mehr.</translation>
    </message>
    <message>
      <source>Nothing new: move and turn the product a little, and shade the light with a hand.</source>
      <translation>Nichts Neues: bewegen und drehen Sie das Produkt ein wenig, und beschatten Sie das Licht mit einer Hand.</translation>
    </message>
    <message>
      <source>Something reaches over the picture's edge: show the part whole, and take the hand away now and then.</source>
      <translation>Etwas ragt über den Bildrand: zeigen Sie das Teil ganz, und nehmen Sie die Hand ab und zu weg.</translation>
    </message>
    <message>
      <source>Let it rest now and then: the station judges what rests.</source>
      <translation>Lassen Sie es ab und zu ruhen: die Station beurteilt, was ruht.</translation>
    </message>
    <message>
      <source>Two detectors judge each other's frames, and each learns from %1 frames with boxes at least: confirm or draw more, or review without a detector.</source>
      <translation>Zwei Detektoren beurteilen gegenseitig ihre Bilder, und jeder lernt aus mindestens %1 Bildern mit Rahmen: mehr bestätigen oder zeichnen, oder ohne Detektor durchsehen.</translation>
    </message>
    <message>
      <source>The dataset %1 has no frame '%2'.</source>
      <translation>Der Datensatz %1 hat kein Bild '%2'.</translation>
    </message>
    <message>
      <source>The dataset %1 was changed: %2 is not what was packed. Train again.</source>
      <translation>Der Datensatz %1 wurde verändert: %2 ist nicht, was gepackt wurde. Neu trainieren.</translation>
    </message>
    <message>
      <source>The dataset %1 cannot be read: %2: %3. Train again.</source>
      <translation>Der Datensatz %1 lässt sich nicht lesen: %2: %3. Neu trainieren.</translation>
    </message>
    <message>
      <source>%1 is a link: what it leads to would be changed. Put a folder in its place.</source>
      <translation>%1 ist eine Verknüpfung: geändert würde, wohin sie führt. Einen Ordner an ihre Stelle setzen.</translation>
    </message>
    <message>
      <source>Another program is taking frames out of %1: wait until it is done.</source>
      <translation>Ein anderes Programm entnimmt gerade Bilder aus %1: warten, bis es fertig ist.</translation>
    </message>
    <message>
      <source>Frame %1 of %2 could not be written as a picture.</source>
      <translation>Bild %1 von %2 ließ sich nicht als Bilddatei schreiben.</translation>
    </message>
    <message>
      <source>it has %1 % more red: switch the white balance to manual</source>
      <translation>es hat %1 % mehr Rot: den Weißabgleich auf manuell stellen</translation>
    </message>
    <message>
      <source>it has %1 % less red: switch the white balance to manual</source>
      <translation>es hat %1 % weniger Rot: den Weißabgleich auf manuell stellen</translation>
    </message>
    <message>
      <source>it has %1 % more blue: switch the white balance to manual</source>
      <translation>es hat %1 % mehr Blau: den Weißabgleich auf manuell stellen</translation>
    </message>
    <message>
      <source>it has %1 % less blue: switch the white balance to manual</source>
      <translation>es hat %1 % weniger Blau: den Weißabgleich auf manuell stellen</translation>
    </message>
    <message>
      <source>its pictures have another shape: use the same camera with the same settings</source>
      <translation>seine Bilder haben eine andere Form: dieselbe Kamera mit denselben Einstellungen verwenden</translation>
    </message>
    <message>
      <source>it is %1 times as bright: keep the light and the exposure as they are</source>
      <translation>es ist %1-mal so hell: Licht und Belichtung lassen, wie sie sind</translation>
    </message>
    <message>
      <source>it is only %1 % as bright: keep the light and the exposure as they are</source>
      <translation>es ist nur %1 % so hell: Licht und Belichtung lassen, wie sie sind</translation>
    </message>
    <message>
      <source>it is less sharp: look after the focus</source>
      <translation>es ist weniger scharf: nach dem Fokus sehen</translation>
    </message>
    <message>
      <source>it is sharper: look after the focus</source>
      <translation>es ist schärfer: nach dem Fokus sehen</translation>
    </message>
    <message>
      <source>its view has moved by %1 % of the picture: fix the camera and the fixture</source>
      <translation>sein Blick hat sich um %1 % des Bildes verschoben: Kamera und Halterung befestigen</translation>
    </message>
    <message>
      <source>annotations.%1: there is no category %2</source>
      <translation>annotations.%1: es gibt keine Kategorie %2</translation>
    </message>
    <message>
      <source>annotations belong to an image %1 that is not in the file</source>
      <translation>es gibt Beschriftungen zu einem Bild %1, das nicht in der Datei ist</translation>
    </message>
    <message>
      <source>two categories have the id %1</source>
      <translation>zwei Kategorien haben die id %1</translation>
    </message>
    <message>
      <source>two images have the id %1</source>
      <translation>zwei Bilder haben die id %1</translation>
    </message>
    <message>
      <source>this is not valid CSV: %1</source>
      <translation>dies ist kein gültiges CSV: %1</translation>
    </message>
    <message>
      <source>the column '%1' is missing.%2</source>
      <translation>die Spalte '%1' fehlt.%2</translation>
    </message>
    <message>
      <source>this row has more or fewer columns than the first line</source>
      <translation>diese Zeile hat mehr oder weniger Spalten als die erste</translation>
    </message>
    <message>
      <source>a box without a class</source>
      <translation>ein Rahmen ohne Klasse</translation>
    </message>
    <message>
      <source>an xmin of '%1' says that there is no box, but %2 is %3</source>
      <translation>ein xmin von '%1' sagt, dass es keinen Rahmen gibt, doch %2 ist %3</translation>
    </message>
    <message>
      <source>this picture has another size than in line %1</source>
      <translation>dieses Bild hat eine andere Größe als in Zeile %1</translation>
    </message>
    <message>
      <source>this picture stands in line %1 already; one of the two says that it has no box</source>
      <translation>dieses Bild steht schon in Zeile %1; eine der beiden sagt, dass es keinen Rahmen hat</translation>
    </message>
    <message>
      <source>a %1 is no box: only boxes can be taken over</source>
      <translation>ein %1 ist kein Rahmen: nur Rahmen lassen sich übernehmen</translation>
    </message>
    <message>
      <source>a box turned by %1 degrees cannot be taken over</source>
      <translation>ein um %1 Grad gedrehter Rahmen lässt sich nicht übernehmen</translation>
    </message>
    <message>
      <source>this holds the tracks of several videos: export each task by itself</source>
      <translation>dies enthält die Spuren mehrerer Videos: jede Aufgabe für sich exportieren</translation>
    </message>
    <message>
      <source>frames from '%1' to '%2', each '%3' of them, cannot be</source>
      <translation>die Bilder von '%1' bis '%2', in Schritten von '%3', kann es nicht geben</translation>
    </message>
    <message>
      <source>'%1' is not the name of a picture beside the file: it is empty or leaves the folder</source>
      <translation>'%1' ist nicht der Name eines Bildes neben der Datei: er ist leer oder führt aus dem Ordner hinaus</translation>
    </message>
    <message>
      <source>the picture's width and height should be whole numbers, got '%1' and '%2'</source>
      <translation>die Breite und die Höhe des Bildes sollten ganze Zahlen sein, angegeben sind '%1' und '%2'</translation>
    </message>
    <message>
      <source>a picture of %1x%2 pixels cannot be; sides go from 1 to %3</source>
      <translation>ein Bild von %1x%2 Pixeln kann es nicht geben; die Seiten gehen von 1 bis %3</translation>
    </message>
    <message>
      <source>this is not a %1 file: %2</source>
      <translation>dies ist keine %1-Datei: %2</translation>
    </message>
    <message>
      <source>the key '%1' stands twice in one object; leave one of them away</source>
      <translation>der Schlüssel '%1' steht zweimal in einem Objekt; einen davon weglassen</translation>
    </message>
    <message>
      <source>%1 should be a number, got '%2'</source>
      <translation>%1 sollte eine Zahl sein, angegeben ist '%2'</translation>
    </message>
    <message>
      <source>%1 is too large for a file of its kind.</source>
      <translation>%1 ist zu groß für eine Datei dieser Art.</translation>
    </message>
    <message>
      <source>There is no %1 file in %2.</source>
      <translation>In %2 gibt es keine %1-Datei.</translation>
    </message>
    <message>
      <source>There is no folder %1.</source>
      <translation>Es gibt keinen Ordner %1.</translation>
    </message>
    <message>
      <source>Pictures without boxes are '%1' or '%2'; say which.</source>
      <translation>Bilder ohne Rahmen sind '%1' oder '%2'; angeben, welches von beiden.</translation>
    </message>
    <message>
      <source>The frames %1 and %2 differ in their ending only; rename one.</source>
      <translation>Die Bilder %1 und %2 unterscheiden sich nur in der Endung; eines umbenennen.</translation>
    </message>
    <message>
      <source>a picture '%1' stands %2 too</source>
      <translation>ein Bild '%1' steht auch %2</translation>
    </message>
    <message>
      <source>Nothing in %1 belongs to recording %2: the pictures there are called %3, the frames %4. The names should be the same, but for their endings.</source>
      <translation>Nichts in %1 gehört zur Aufnahme %2: die Bilder dort heißen %3, die der Aufnahme %4. Die Namen sollten bis auf die Endung gleich sein.</translation>
    </message>
    <message>
      <source>A person annotated %1 of these frames otherwise, the first is %2. Nothing was imported. Repeat with --replace to overwrite them.</source>
      <translation>Eine Person hat %1 dieser Bilder anders beschriftet, das erste ist %2. Nichts wurde importiert. Mit --replace wiederholen, um sie zu überschreiben.</translation>
    </message>
    <message>
      <source>%1 is there already; name a new or an empty folder.</source>
      <translation>%1 gibt es schon; einen neuen oder leeren Ordner nennen.</translation>
    </message>
    <message>
      <source>this label map holds no item</source>
      <translation>diese Label-Map enthält kein item</translation>
    </message>
    <message>
      <source>a label map holds items alone, not '%1'.%2</source>
      <translation>eine Label-Map enthält nur item, nicht '%1'.%2</translation>
    </message>
    <message>
      <source>this item's id should be a whole number from 1</source>
      <translation>die id dieses item sollte eine ganze Zahl ab 1 sein</translation>
    </message>
    <message>
      <source>the id %1 is kept for the background; count labels from 1</source>
      <translation>die id %1 ist für den Hintergrund reserviert; Labels ab 1 zählen</translation>
    </message>
    <message>
      <source>the item %1 has neither a name nor a display_name</source>
      <translation>das item %1 hat weder name noch display_name</translation>
    </message>
    <message>
      <source>this item has %1 values of '%2'</source>
      <translation>dieses item hat %1 Werte von '%2'</translation>
    </message>
    <message>
      <source>this item's %1 should be a text in quotes</source>
      <translation>bei diesem item sollte %1 ein Text in Anführungszeichen sein</translation>
    </message>
    <message>
      <source>the first line should be '%1'</source>
      <translation>die erste Zeile sollte '%1' sein</translation>
    </message>
    <message>
      <source>a line should hold a picture's name and '%1' or '%2'</source>
      <translation>eine Zeile sollte den Namen eines Bildes und '%1' oder '%2' enthalten</translation>
    </message>
    <message>
      <source>'%1' is no frame, but nearly '%2', which would count as empty; give it the frame's name, or take it away</source>
      <translation>'%1' ist kein Bild, aber beinahe '%2', das als leer gelten würde; ihm den Namen des Bildes geben oder es wegnehmen</translation>
    </message>
    <message>
      <source>holds no picture that can be read whole</source>
      <translation>enthält kein Bild, das sich ganz lesen lässt</translation>
    </message>
    <message>
      <source>There is no .record file in %1.</source>
      <translation>In %1 gibt es keine .record-Datei.</translation>
    </message>
    <message>
      <source>%1 is cut into %2 shards, and %3 of them are missing, the first is %4. Copy them into %5, or name single shards.</source>
      <translation>%1 ist in %2 Teildateien zerlegt, und %3 davon fehlen, die erste ist %4. Diese nach %5 kopieren, oder einzelne Teildateien nennen.</translation>
    </message>
    <message>
      <source>a box %1 that is not made of finite numbers</source>
      <translation>ein Rahmen %1, der nicht aus endlichen Zahlen besteht</translation>
    </message>
    <message>
      <source>a box %1 outside the picture of %2x%3 pixels</source>
      <translation>ein Rahmen %1 außerhalb des Bildes von %2x%3 Pixeln</translation>
    </message>
    <message>
      <source>a box %1 without area; it should have xmin &lt; xmax and ymin &lt; ymax</source>
      <translation>ein Rahmen %1 ohne Fläche; er sollte xmin &lt; xmax und ymin &lt; ymax haben</translation>
    </message>
    <message>
      <source>this is not valid XML: %1</source>
      <translation>dies ist kein gültiges XML: %1</translation>
    </message>
    <message>
      <source>this is not a %1 file: it starts with &lt;%2&gt;, not &lt;%3&gt;</source>
      <translation>dies ist keine %1-Datei: sie beginnt mit &lt;%2&gt;, nicht mit &lt;%3&gt;</translation>
    </message>
    <message>
      <source>&lt;%1&gt; would be passed over: it is called &lt;%2&gt;</source>
      <translation>&lt;%1&gt; würde übergangen: es heißt &lt;%2&gt;</translation>
    </message>
    <message>
      <source>a document type (&lt;!DOCTYPE) is not allowed here; remove it</source>
      <translation>ein Dokumenttyp (&lt;!DOCTYPE) ist hier nicht erlaubt; entfernen</translation>
    </message>
    <message>
      <source>&lt;%1&gt; holds a box: objects are called &lt;object&gt;</source>
      <translation>&lt;%1&gt; enthält einen Rahmen: Objekte heißen &lt;object&gt;</translation>
    </message>
    <message>
      <source>this was made for another picture: &lt;filename&gt; says '%1'</source>
      <translation>dies wurde für ein anderes Bild gemacht: &lt;filename&gt; sagt '%1'</translation>
    </message>
    <message>
      <source>an object has no &lt;name&gt;</source>
      <translation>ein Objekt hat kein &lt;name&gt;</translation>
    </message>
    <message>
      <source>a line should hold five numbers, class x y w h; this one holds %1</source>
      <translation>eine Zeile sollte fünf Zahlen enthalten, class x y w h; diese enthält %1</translation>
    </message>
    <message>
      <source>the class should be a whole number from 0, got '%1'</source>
      <translation>die Klasse sollte eine ganze Zahl ab 0 sein, angegeben ist '%1'</translation>
    </message>
    <message>
      <source>there is no class %1: %2 names %3, from 0</source>
      <translation>es gibt keine Klasse %1: %2 nennt %3, ab 0</translation>
    </message>
    <message>
      <source>A picture called '%1' cannot go out as YOLO: its file would be %2. Rename it.</source>
      <translation>Ein Bild namens '%1' kann nicht als YOLO ausgegeben werden: seine Datei wäre %2. Umbenennen.</translation>
    </message>
    <message>
      <source>'%1' cannot stand here</source>
      <translation>'%1' kann hier nicht stehen</translation>
    </message>
    <message>
      <source>%1 is not the file that this program made: move it away.</source>
      <translation>%1 ist nicht die Datei, die dieses Programm gemacht hat: wegräumen.</translation>
    </message>
    <message>
      <source>Cannot write %1: %2. Nothing was changed.</source>
      <translation>%1 lässt sich nicht schreiben: %2. Nichts wurde geändert.</translation>
    </message>
    <message>
      <source>Look at all of %1, and draw or accept the boxes of all that it shows.</source>
      <translation>%1 ganz ansehen und die Rahmen von allem, was es zeigt, zeichnen oder annehmen.</translation>
    </message>
    <message>
      <source>%1 is no longer the picture that was annotated: its size has changed.</source>
      <translation>%1 ist nicht mehr das Bild, das beschriftet wurde: seine Größe hat sich geändert.</translation>
    </message>
    <message>
      <source>recording %1 is of '%2', which the recipe does not have.%3 Add the component to the recipe, or move the folder elsewhere.</source>
      <translation>die Aufnahme %1 ist von '%2', das es im Rezept nicht gibt.%3 Die Komponente zum Rezept hinzufügen, oder den Ordner an einen anderen Ort verschieben.</translation>
    </message>
    <message>
      <source>recording %1 has no frames yet.</source>
      <translation>die Aufnahme %1 hat noch keine Bilder.</translation>
    </message>
    <message>
      <source>all that is known of recording %1 seems to contradict what was said of it.</source>
      <translation>alles, was über die Aufnahme %1 bekannt ist, scheint dem zu widersprechen, was zu ihr gesagt wurde.</translation>
    </message>
    <message>
      <source>none of the %1 frames of recording %2 says what is in it.</source>
      <translation>keines der %1 Bilder der Aufnahme %2 sagt, was darin ist.</translation>
    </message>
    <message>
      <source>Have boxes proposed with: inspector suggest %1, or bring your own: inspector annotations import %2</source>
      <translation>Rahmen vorschlagen lassen: inspector suggest %1, oder eigene bringen: inspector annotations import %2</translation>
    </message>
    <message>
      <source>%1 holds a box of '%2', which that recording does not teach.%3</source>
      <translation>%1 enthält einen Rahmen von '%2', was diese Aufnahme nicht lehrt.%3</translation>
    </message>
    <message>
      <source>%1 is %2x%3 pixels, and its box %4 of '%5' lies outside</source>
      <translation>%1 hat %2x%3 Pixel, und sein Rahmen %4 von '%5' liegt außerhalb</translation>
    </message>
    <message>
      <source>%1: its box %2 of '%3' lies on the rim, with nothing of it in the picture</source>
      <translation>%1: sein Rahmen %2 von '%3' liegt auf dem Rand, und nichts davon im Bild</translation>
    </message>
    <message>
      <source>there is no recording of '%1'.</source>
      <translation>es gibt keine Aufnahme von '%1'.</translation>
    </message>
    <message>
      <source>only %1 frames hold a box of '%2', and it takes %3 at least, better 50 and more.</source>
      <translation>nur %1 Bilder enthalten einen Rahmen von '%2', und es braucht mindestens %3, besser 50 und mehr.</translation>
    </message>
    <message>
      <source>no frame holds a box of '%1', and it takes %2 at least, better 50 and more.</source>
      <translation>kein Bild enthält einen Rahmen von '%1', und es braucht mindestens %2, besser 50 und mehr.</translation>
    </message>
    <message>
      <source>there is no negative recording of '%1'. Pictures that show it are not enough: the detector would learn the place, not the part, and see the part where it is missing. Take the part away and leave all else as it is.</source>
      <translation>es gibt keine negative Aufnahme von '%1'. Bilder, die es zeigen, genügen nicht: der Detektor würde die Stelle lernen, nicht das Teil, und das Teil sehen, wo es fehlt. Das Teil wegnehmen und alles andere lassen, wie es ist.</translation>
    </message>
    <message>
      <source>Record that with: %1</source>
      <translation>Das aufnehmen mit: %1</translation>
    </message>
    <message>
      <source>only %1 frames are verified empty of '%2', and it takes %3 at least.</source>
      <translation>nur %1 Bilder sind bestätigt leer von '%2', und es braucht mindestens %3.</translation>
    </message>
    <message>
      <source>Record more: %1</source>
      <translation>Mehr aufnehmen: %1</translation>
    </message>
    <message>
      <source>The negative recording looks like the positive one: nothing tells %1 from its empty place, so it was not searched for by its looks. Where the negative shows it, record that again without it; else draw some boxes that lie closely around it.</source>
      <translation>Die negative Aufnahme sieht aus wie die positive: Nichts unterscheidet %1 von seinem leeren Platz, darum wurde nicht nach dem Aussehen gesucht. Zeigt die negative es, diese noch einmal ohne es aufnehmen; sonst einige Rahmen eng darum zeichnen.</translation>
    </message>
    <message>
      <source>Nothing tells yet how %1 looks beside its empty place. Record both, then have boxes proposed with: inspector suggest %2, or draw some.</source>
      <translation>Noch zeigt nichts, wie %1 neben der leeren Stelle aussieht. Beides aufnehmen, dann Rahmen vorschlagen lassen mit: inspector suggest %2, oder einige zeichnen.</translation>
    </message>
    <message>
      <source>Frames of one recording show the same scene, so figures on those held out flatter: record a second one.</source>
      <translation>Bilder einer Aufnahme zeigen dieselbe Szene, also schmeicheln die Zahlen auf den zurückgehaltenen: eine zweite aufnehmen.</translation>
    </message>
    <message>
      <source>Of each recording a fifth of the frames held out by lot (seeded).</source>
      <translation>Von jeder Aufnahme ein Fünftel der Bilder per Los zurückgehalten (mit Startzahl).</translation>
    </message>
    <message>
      <source>%1: %2 of %3 recordings held out whole (%4).</source>
      <translation>%1: %2 von %3 Aufnahmen ganz zurückgehalten (%4).</translation>
    </message>
    <message>
      <source>one recording with %1 frames, too few to hold any out: nothing examines what is learned of it.</source>
      <translation>eine Aufnahme mit %1 Bildern, zu wenige, um welche zurückzuhalten: nichts prüft, was aus ihr gelernt wird.</translation>
    </message>
    <message>
      <source>one recording of independent photos, %1 of %2 held out by lot (seeded).</source>
      <translation>eine Aufnahme unabhängiger Fotos, %1 von %2 per Los zurückgehalten (mit Startzahl).</translation>
    </message>
    <message>
      <source>one recording only, its last %1 of %2 frames held out after a gap of %3 s (%4 frames in neither part).</source>
      <translation>nur eine Aufnahme, ihre letzten %1 von %2 Bildern nach einer Lücke von %3 s zurückgehalten (%4 Bilder in keinem der beiden Teile).</translation>
    </message>
    <message>
      <source>'%1' is no camera, so it cannot be recorded from: import it.</source>
      <translation>'%1' ist keine Kamera, davon lässt sich also nicht aufnehmen: importieren.</translation>
    </message>
    <message>
      <source>The camera gives no picture yet. Wait for it, then record.</source>
      <translation>Die Kamera liefert noch kein Bild. Darauf warten, dann aufnehmen.</translation>
    </message>
    <message>
      <source>Boxes are found by contrast: it takes pictures with the component and pictures without it.</source>
      <translation>Rahmen werden aus dem Kontrast gefunden: dazu braucht es Bilder mit der Komponente und Bilder ohne sie.</translation>
    </message>
    <message>
      <source>The pictures have different sizes (%1), so they cannot be laid on each other. Record the component and its absence with the same camera and settings.</source>
      <translation>Die Bilder haben verschiedene Größen (%1), also lassen sie sich nicht übereinanderlegen. Die Komponente und ihr Fehlen mit derselben Kamera und denselben Einstellungen aufnehmen.</translation>
    </message>
    <message>
      <source>The pictures with and without the component differ everywhere, not in one place: of the edges in those without, only %1 are found again. Did the camera or the fixture move, or is it another scene? Record both again without touching anything but the component.</source>
      <translation>Die Bilder mit und ohne Komponente unterscheiden sich überall, nicht an einer Stelle: von den Kanten in denen ohne finden sich nur %1 wieder. Haben sich Kamera oder Halterung bewegt, oder ist es eine andere Szene? Beides noch einmal aufnehmen, ohne etwas anderes als die Komponente zu berühren.</translation>
    </message>
    <message>
      <source>The pictures with and without the component look alike: only %1 of %2 show something that the others do not, and that lasts. Was the component in one recording and taken out for the other? Is it large enough to see?</source>
      <translation>Die Bilder mit und ohne Komponente sehen gleich aus: nur %1 von %2 zeigen etwas, das die anderen nicht zeigen und das bleibt. War die Komponente in der einen Aufnahme und für die andere herausgenommen? Ist sie groß genug, um gesehen zu werden?</translation>
    </message>
    <message>
      <source>%1 is annotated already: %2. Nothing was changed.</source>
      <translation>%1 ist schon beschriftet: %2. Nichts wurde geändert.</translation>
    </message>
    <message>
      <source>the inspection</source>
      <translation>die Prüfung</translation>
    </message>
    <message>
      <source>the camera</source>
      <translation>die Kamera</translation>
    </message>
    <message>
      <source>The picture of the inspection %1 is not kept any more: none is left to label.</source>
      <translation>Das Bild der Prüfung %1 wird nicht mehr aufbewahrt: es bleibt keines zu beschriften.</translation>
    </message>
    <message>
      <source>No picture of '%1' waits that somebody said was judged wrong.</source>
      <translation>Von '%1' wartet kein Bild, von dem jemand sagte, dass es falsch beurteilt wurde.</translation>
    </message>
    <message>
      <source>Another program is working on the pictures that were judged wrong: try again.</source>
      <translation>Ein anderes Programm arbeitet an den falsch beurteilten Bildern: noch einmal versuchen.</translation>
    </message>
    <message>
      <source>Cannot write in %1: %2. Free some space.</source>
      <translation>In %1 lässt sich nicht schreiben: %2. Platz schaffen.</translation>
    </message>
    <message>
      <source>There is no file of weights %1.</source>
      <translation>Es gibt keine Gewichtsdatei %1.</translation>
    </message>
    <message>
      <source>%1 does not hold the weights of this network: take a .weights.h5 file of the same backbone.</source>
      <translation>%1 enthält nicht die Gewichte dieses Netzes: eine .weights.h5-Datei desselben Rückgrats nehmen.</translation>
    </message>
    <message>
      <source>The backbone '%1' starts from random weights: leave the weights away, or take mobilenet_v2.</source>
      <translation>Das Rückgrat '%1' beginnt mit zufälligen Gewichten: die Gewichte weglassen, oder mobilenet_v2 nehmen.</translation>
    </message>
    <message>
      <source>%1 The training goes on; until then a kill would take it back to what was kept last.</source>
      <translation>%1 Das Training geht weiter; bis dahin würde ein gewaltsames Ende es auf den zuletzt gesicherten Stand zurückwerfen.</translation>
    </message>
    <message>
      <source>%1 cannot be read: it is damaged, or no checkpoint. Remove its folder, and train anew.</source>
      <translation>%1 lässt sich nicht lesen: es ist beschädigt, oder kein Checkpoint. Seinen Ordner entfernen und von vorn trainieren.</translation>
    </message>
    <message>
      <source>%1 has the shape %2, not %3</source>
      <translation>%1 hat die Form %2, nicht %3</translation>
    </message>
    <message>
      <source>A batch of %1 cannot be shared by %2 devices: take a larger one.</source>
      <translation>Ein Batch von %1 lässt sich nicht auf %2 Geräte verteilen: einen größeren nehmen.</translation>
    </message>
    <message>
      <source>Several devices train in float32 or mixed_bfloat16: leave mixed_float16 away.</source>
      <translation>Mehrere Geräte trainieren in float32 oder mixed_bfloat16: mixed_float16 weglassen.</translation>
    </message>
    <message>
      <source>A batch of %1 cannot be shared by %2 machines: take a larger one.</source>
      <translation>Ein Batch von %1 lässt sich nicht auf %2 Maschinen verteilen: einen größeren nehmen.</translation>
    </message>
    <message>
      <source>Several machines end after the same step, and their clocks differ: say --steps, not minutes.</source>
      <translation>Mehrere Maschinen enden nach demselben Schritt, und ihre Uhren gehen verschieden: --steps angeben, nicht Minuten.</translation>
    </message>
    <message>
      <source>TensorFlow, which makes the bundle, could not: %1. The training is kept.</source>
      <translation>TensorFlow, das das Bündel macht, konnte es nicht: %1. Das Training ist gesichert.</translation>
    </message>
    <message>
      <source>%1 is there already. Name a folder that is not.</source>
      <translation>%1 gibt es schon. Einen Ordner nennen, den es noch nicht gibt.</translation>
    </message>
    <message>
      <source>%1 is %2. Export %3 instead.</source>
      <translation>%1 ist %2. Stattdessen %3 exportieren.</translation>
    </message>
    <message>
      <source>%1 is not the dataset that taught %2. Put that one back, or move this away.</source>
      <translation>%1 ist nicht der Datensatz, der %2 gelehrt hat. Jenen zurücklegen, oder diesen wegräumen.</translation>
    </message>
    <message>
      <source>int8 is calibrated on the frames that taught %1, and the dataset %2 is not in this workspace. Put it back, or export in float.</source>
      <translation>int8 wird an den Bildern kalibriert, die %1 gelehrt haben, und der Datensatz %2 ist nicht in diesem Arbeitsordner. Ihn zurücklegen, oder in float exportieren.</translation>
    </message>
    <message>
      <source>The dataset %1 holds no frame out, so nothing could show that int8 sees the same. Record more, train again, or export in float.</source>
      <translation>Der Datensatz %1 hält kein Bild zurück, also könnte nichts zeigen, dass int8 dasselbe sieht. Mehr aufnehmen, neu trainieren, oder in float exportieren.</translation>
    </message>
    <message>
      <source>Cannot write into %1, where the network is converted. Free some space there.</source>
      <translation>In %1, wo das Netz umgewandelt wird, lässt sich nicht schreiben. Dort Platz schaffen.</translation>
    </message>
    <message>
      <source>OpenVINO could not write %1: %2. Free some space.</source>
      <translation>OpenVINO konnte %1 nicht schreiben: %2. Platz schaffen.</translation>
    </message>
    <message>
      <source> Train it for longer, or leave it in float.</source>
      <translation> Länger trainieren, oder es in float lassen.</translation>
    </message>
    <message>
      <source>has a box without a label</source>
      <translation>hat einen Rahmen ohne Label</translation>
    </message>
    <message>
      <source>has the label %1, which the label map does not name</source>
      <translation>hat das Label %1, das die Label-Map nicht nennt</translation>
    </message>
    <message>
      <source>holds %1 under '%2', where %3 should be</source>
      <translation>enthält %1 unter '%2', wo %3 sein sollte</translation>
    </message>
    <message>
      <source>holds %1 values under '%2', where one should be</source>
      <translation>enthält %1 Werte unter '%2', wo einer sein sollte</translation>
    </message>
    <message>
      <source>holds %1 of xmin, ymin, xmax, ymax, names and numbers of labels, not equally many</source>
      <translation>enthält %1 an xmin, ymin, xmax, ymax, Namen und Nummern von Labels, nicht gleich viele</translation>
    </message>
    <message>
      <source>has one box round many things, which would teach nonsense; leave the box out</source>
      <translation>hat einen Rahmen um viele Dinge, der Unsinn lehren würde; den Rahmen weglassen</translation>
    </message>
    <message>
      <source>This version cannot build the network that is described: %1. Train again.</source>
      <translation>Diese Version kann das beschriebene Netz nicht bauen: %1. Neu trainieren.</translation>
    </message>
    <message>
      <source>iou_threshold 0 drops every anchor that touches a harder one; 1 drops none</source>
      <translation>iou_threshold 0 verwirft jeden Anker, der einen schwierigeren berührt; 1 verwirft keinen</translation>
    </message>
    <message>
      <source>positive_sample_fraction 1 lets no negative teach; 0.25 takes three for each positive</source>
      <translation>positive_sample_fraction 1 lässt kein Negativ lehren; 0.25 nimmt drei auf jedes Positiv</translation>
    </message>
    <message>
      <source>mining takes the hardest negatives and random_examples any: leave one of them away</source>
      <translation>mining nimmt die schwierigsten Negative und random_examples beliebige: eines davon weglassen</translation>
    </message>
    <message>
      <source>the %1 loss weighs every anchor by itself: leave mining away, or take sigmoid</source>
      <translation>der Verlust %1 gewichtet jeden Anker selbst: mining weglassen, oder sigmoid nehmen</translation>
    </message>
    <message>
      <source>loss_type localization ranks by the box, which no negative has: take both</source>
      <translation>loss_type localization ordnet nach dem Rahmen, den kein Negativ hat: both nehmen</translation>
    </message>
    <message>
      <source>the %1 loss has no alpha: leave it away, or take focal</source>
      <translation>der Verlust %1 hat kein alpha: weglassen, oder focal nehmen</translation>
    </message>
    <message>
      <source>the %1 loss has no gamma: leave it away, or take focal</source>
      <translation>der Verlust %1 hat kein gamma: weglassen, oder focal nehmen</translation>
    </message>
    <message>
      <source>gamma of the quality loss should be 1 or more</source>
      <translation>gamma des Verlusts quality sollte 1 oder mehr sein</translation>
    </message>
    <message>
      <source>%1 is compatible and lets negatives teach beside positives only: the %2 verified-empty images teach nothing. Leave compatible away.</source>
      <translation>%1 ist compatible und lässt Negative nur neben Positiven lehren: die %2 bestätigt leeren Bilder lehren nichts. compatible weglassen.</translation>
    </message>
    <message>
      <source>%1 lets negatives teach beside positives only, but there are %2 verified-empty images: min_negatives_per_image is taken as %3, so that they teach too. Set it, or set compatible.</source>
      <translation>%1 lässt Negative nur neben Positiven lehren, aber es gibt %2 bestätigt leere Bilder: min_negatives_per_image wird als %3 genommen, damit auch sie lehren. Es setzen, oder compatible setzen.</translation>
    </message>
    <message>
      <source>mining without num_hard_examples and max_negatives_per_positive asks every anchor whether it overlaps a harder one, which takes longer than the learning: set num_hard_examples to 64.</source>
      <translation>mining ohne num_hard_examples und max_negatives_per_positive fragt jeden Anker, ob er einen schwierigeren überlappt, was länger dauert als das Lernen: num_hard_examples auf 64 setzen.</translation>
    </message>
    <message>
      <source>mining without any limit takes every negative: set max_negatives_per_positive to 3, or leave it away.</source>
      <translation>mining ohne jede Grenze nimmt jedes Negativ: max_negatives_per_positive auf 3 setzen, oder mining weglassen.</translation>
    </message>
    <message>
      <source>%1 teaches a '%2', which we do not have; take a pipeline of %3.</source>
      <translation>%1 lehrt ein '%2', das es hier nicht gibt; eine Pipeline von %3 nehmen.</translation>
    </message>
    <message>
      <source>%1 is %2; %3 is wanted here.</source>
      <translation>%1 ist %2; hier wird %3 gebraucht.</translation>
    </message>
    <message>
      <source>In round %1 of hard negatives: %2 What was known before that round is kept.</source>
      <translation>In Runde %1 der schwierigen Negative: %2 Was vor dieser Runde gelernt war, bleibt.</translation>
    </message>
    <message>
      <source>The training was stopped before it had begun; there is nothing to keep.</source>
      <translation>Das Training wurde angehalten, bevor es begonnen hatte; es gibt nichts zu behalten.</translation>
    </message>
    <message>
      <source>it is that of another network</source>
      <translation>es ist das eines anderen Netzes</translation>
    </message>
    <message>
      <source>The training that was kept does not fit: %1. Train anew.</source>
      <translation>Das gesicherte Training passt nicht: %1. Von vorn trainieren.</translation>
    </message>
    <message>
      <source>At step %1 the loss is no number any more, and nothing more can be learned.</source>
      <translation>Bei Schritt %1 ist der Verlust keine Zahl mehr, und es lässt sich nichts mehr lernen.</translation>
    </message>
    <message>
      <source>Train anew with a lower learning rate, as --set rate=%1.</source>
      <translation>Von vorn mit einer kleineren Lernrate trainieren, wie --set rate=%1.</translation>
    </message>
    <message>
      <source>The memory does not suffice for %1 pictures at a time. The training goes on with %2, and as many more steps as it takes for the same pictures.</source>
      <translation>Der Speicher reicht nicht für %1 Bilder auf einmal. Das Training geht mit %2 weiter, und mit so vielen Schritten mehr, wie es für dieselben Bilder braucht.</translation>
    </message>
    <message>
      <source>The memory does not suffice for %1 pictures at a time. Close other programs, or take a smaller backbone or input.</source>
      <translation>Der Speicher reicht nicht für %1 Bilder auf einmal. Andere Programme schließen, oder ein kleineres Rückgrat oder eine kleinere Eingabe nehmen.</translation>
    </message>
    <message>
      <source>The device failed at step %1 (%2). Look whether it is still there.</source>
      <translation>Das Gerät ist bei Schritt %1 ausgefallen (%2). Nachsehen, ob es noch da ist.</translation>
    </message>
    <message>
      <source>No training frame holds a box, so there is nothing to learn. Annotate frames of a positive recording.</source>
      <translation>Kein Trainingsbild enthält einen Rahmen, also gibt es nichts zu lernen. Bilder einer positiven Aufnahme beschriften.</translation>
    </message>
    <message>
      <source>No training frame holds a box, so there is nothing to look at a second time.</source>
      <translation>Kein Trainingsbild enthält einen Rahmen, also gibt es nichts, was ein zweites Mal anzusehen wäre.</translation>
    </message>
    <message>
      <source>The exported second look differs from the taught one by %1. Train again; if it stays, report it with the versions of tensorflow and ai-edge-litert.</source>
      <translation>Der exportierte zweite Blick weicht vom gelernten um %1 ab. Neu trainieren; bleibt es so, mit den Versionen von tensorflow und ai-edge-litert melden.</translation>
    </message>
    <message>
      <source>anchor_free learns the box as a whole: set the objective's localization to giou</source>
      <translation>anchor_free lernt den Rahmen als Ganzes: localization von objective auf giou setzen</translation>
    </message>
    <message>
      <source>faster_rcnn has no %1: leave it away, or take ssd or anchor_free</source>
      <translation>faster_rcnn hat kein %1: weglassen, oder ssd oder anchor_free nehmen</translation>
    </message>
    <message>
      <source>%1 finds regions at a stride of %2 pixels, not %3: set first_stage.features_stride to %4, or take compact or mobilenet_v2</source>
      <translation>%1 findet Bereiche in einer Schrittweite von %2 Pixeln, nicht %3: first_stage.features_stride auf %4 setzen, oder compact oder mobilenet_v2 nehmen</translation>
    </message>
    <message>
      <source>%1 holds no example.</source>
      <translation>%1 enthält kein Beispiel.</translation>
    </message>
    <message>
      <source>example %1 is no tf.train.Example; make the file again</source>
      <translation>das Beispiel %1 ist kein tf.train.Example; die Datei neu machen</translation>
    </message>
    <message>
      <source>Cannot write into %1: %2. Free some space.</source>
      <translation>In %1 lässt sich nicht schreiben: %2. Platz schaffen.</translation>
    </message>
    <message>
      <source>Cannot write %1: %2. Free some space.</source>
      <translation>%1 lässt sich nicht schreiben: %2. Platz schaffen.</translation>
    </message>
    <message>
      <source>No training frame holds a box of %1. Annotate frames that show it, or take it out of the recipe.</source>
      <translation>Kein Trainingsbild enthält einen Rahmen von %1. Bilder beschriften, die es zeigen, oder es aus dem Rezept nehmen.</translation>
    </message>
    <message>
      <source>%1 of hard_example_miner has no effect in the second stage, which learns from its num_hard_examples hardest regions, whatever they hold. Leave it away, or leave the miner away and set balance_fraction.</source>
      <translation>%1 von hard_example_miner hat keine Wirkung in der zweiten Stufe, die aus ihren num_hard_examples schwierigsten Bereichen lernt, was immer sie enthalten. Es weglassen, oder hard_example_miner weglassen und balance_fraction setzen.</translation>
    </message>
    <message>
      <source>Cannot write %1: %2. Choose another folder, or ask who may write there.</source>
      <translation>%1 lässt sich nicht schreiben: %2. Einen anderen Ordner wählen, oder fragen, wer dort schreiben darf.</translation>
    </message>
    <message>
      <source>should be text: put it in quotes</source>
      <translation>sollte ein Text sein: in Anführungszeichen setzen</translation>
    </message>
    <message>
      <source>should be a list: one on each line, behind a dash</source>
      <translation>sollte eine Liste sein: auf jeder Zeile eines, hinter einem Strich</translation>
    </message>
    <message>
      <source>should be keys and values, one a line</source>
      <translation>sollte Schlüssel und Werte enthalten, eines je Zeile</translation>
    </message>
    <message>
      <source>a certificate needs its key, and a key its certificate</source>
      <translation>ein Zertifikat braucht seinen Schlüssel, und ein Schlüssel sein Zertifikat</translation>
    </message>
    <message>
      <source>passwords would cross the network for all to read: set 'certificate' and 'key'</source>
      <translation>Passwörter gingen für alle lesbar durch das Netz: 'certificate' und 'key' setzen</translation>
    </message>
    <message>
      <source>clients show no certificate unless 'certificate' and 'key' are set</source>
      <translation>Gegenstellen zeigen kein Zertifikat, solange 'certificate' und 'key' nicht gesetzt sind</translation>
    </message>
    <message>
      <source>clients are asked for nothing unless 'certificate' and 'key' are set</source>
      <translation>Gegenstellen werden nach nichts gefragt, solange 'certificate' und 'key' nicht gesetzt sind</translation>
    </message>
    <message>
      <source>a password needs its user</source>
      <translation>ein Passwort braucht seinen Benutzer</translation>
    </message>
    <message>
      <source>certificates need 'tls: true'</source>
      <translation>Zertifikate brauchen 'tls: true'</translation>
    </message>
    <message>
      <source>this should be the address of a web server, https://…</source>
      <translation>dies sollte die Adresse eines Webservers sein, https://…</translation>
    </message>
    <message>
      <source>a password belongs into 'secret', not into the address</source>
      <translation>ein Passwort gehört in 'secret', nicht in die Adresse</translation>
    </message>
    <message>
      <source>the secret would cross the network for all to read: use https</source>
      <translation>das Geheimnis ginge für alle lesbar durch das Netz: https verwenden</translation>
    </message>
    <message>
      <source>what a header holds is one line of printable text</source>
      <translation>was ein Kopfeintrag enthält, ist eine Zeile druckbarer Text</translation>
    </message>
    <message>
      <source>Another program is writing the audit log: try again.</source>
      <translation>Ein anderes Programm schreibt das Protokoll: noch einmal versuchen.</translation>
    </message>
    <message>
      <source>Cannot write %1: %2. Nothing was done: free some space, then do it again.</source>
      <translation>%1 lässt sich nicht schreiben: %2. Nichts wurde getan: Platz schaffen, dann noch einmal tun.</translation>
    </message>
    <message>
      <source>this line is not as it was written</source>
      <translation>diese Zeile ist nicht, wie sie geschrieben wurde</translation>
    </message>
    <message>
      <source>the entry %1 cannot be held against it: those up to %2 were removed</source>
      <translation>der Eintrag %1 lässt sich nicht daran prüfen: die bis %2 wurden entfernt</translation>
    </message>
    <message>
      <source>the entry %1 is not in it: it was cut off, or the log was written anew</source>
      <translation>der Eintrag %1 steht nicht darin: er wurde abgeschnitten, oder das Protokoll wurde neu geschrieben</translation>
    </message>
    <message>
      <source>no entry is sealed with the key: it was written without it, or anew by somebody without it</source>
      <translation>kein Eintrag ist mit dem Schlüssel versiegelt: es wurde ohne ihn geschrieben, oder neu von jemandem ohne ihn</translation>
    </message>
    <message>
      <source>Cannot read the key of the audit log, %1: %2.</source>
      <translation>Der Schlüssel des Protokolls, %1, lässt sich nicht lesen: %2.</translation>
    </message>
    <message>
      <source>The key of the audit log, %1, has %2 bytes; it takes %3 at least.</source>
      <translation>Der Schlüssel des Protokolls, %1, hat %2 Byte; es braucht mindestens %3.</translation>
    </message>
    <message>
      <source>The head of an audit log is NUMBER:HASH, as an export tells it; '%1' is not.</source>
      <translation>Der Kopf eines Protokolls ist NUMBER:HASH, wie ein Export ihn nennt; '%1' ist das nicht.</translation>
    </message>
    <message>
      <source>A PIN has %1 to %2 digits, and nothing else: choose another.</source>
      <translation>Eine PIN hat %1 bis %2 Ziffern, und sonst nichts: eine andere wählen.</translation>
    </message>
    <message>
      <source>This PIN is among the first that somebody tries: choose another.</source>
      <translation>Diese PIN ist unter den ersten, die jemand versucht: eine andere wählen.</translation>
    </message>
    <message>
      <source>No PIN can be checked now (%1). Try again, or have a new PIN set.</source>
      <translation>Jetzt lässt sich keine PIN prüfen (%1). Noch einmal versuchen, oder eine neue PIN setzen lassen.</translation>
    </message>
    <message>
      <source>a PIN is never written here; set it with: inspector people pin NAME</source>
      <translation>eine PIN steht nie hier; setzen mit: inspector people pin NAME</translation>
    </message>
    <message>
      <source>two people are called '%1' and '%2'</source>
      <translation>zwei Leute heißen '%1' und '%2'</translation>
    </message>
    <message>
      <source>nobody is an engineer, who alone may manage people: make somebody the first one</source>
      <translation>niemand ist Ingenieur, der allein Leute verwalten darf: jemanden zum ersten machen</translation>
    </message>
    <message>
      <source>a name has 1 to %1 letters, with no space around it and one at most between</source>
      <translation>ein Name hat 1 bis %1 Buchstaben, ohne Leerzeichen am Rand und höchstens eines dazwischen</translation>
    </message>
    <message>
      <source>Somebody called '%1' is registered already: choose another name.</source>
      <translation>Jemand namens '%1' ist schon eingetragen: einen anderen Namen wählen.</translation>
    </message>
    <message>
      <source>Who is registered first must be an engineer: nobody else may register others.</source>
      <translation>Wer zuerst eingetragen wird, muss Ingenieur sein: niemand sonst darf andere eintragen.</translation>
    </message>
    <message>
      <source>After %1 wrong PINs %2 has to wait for %3.</source>
      <translation>Nach %1 falschen PINs muss %2 warten: %3.</translation>
    </message>
    <message>
      <source>This PIN is wrong.</source>
      <translation>Diese PIN ist falsch.</translation>
    </message>
    <message>
      <source>%1 can try again in %2.</source>
      <translation>%1 kann es in %2 wieder versuchen.</translation>
    </message>
    <message>
      <source>Somebody else is giving a PIN now: try again.</source>
      <translation>Jemand anders gibt gerade eine PIN ein: noch einmal versuchen.</translation>
    </message>
    <message>
      <source>Another program is changing who is registered: try again.</source>
      <translation>Ein anderes Programm ändert, wer eingetragen ist: noch einmal versuchen.</translation>
    </message>
    <message>
      <source>%1 is the last engineer and cannot be %2: make somebody else an engineer first.</source>
      <translation>%1 ist der letzte Ingenieur und kann nicht %2 werden: erst jemand anderen zum Ingenieur machen.</translation>
    </message>
    <message>
      <source>Nobody is registered, so everybody may do everything, and the kiosk is left without a PIN. The first engineer is registered with 'inspector people add NAME --role engineer'.</source>
      <translation>Niemand ist registriert, also darf jeder alles, und der Kiosk ist ohne PIN zu verlassen. Wer zuerst kommt, wird mit 'inspector people add NAME --role engineer' registriert.</translation>
    </message>
    <message>
      <source>It takes the role %1 to %2: choose your name and give your PIN.</source>
      <translation>Dazu braucht es die Rolle %1 (%2): den Namen wählen und die PIN eingeben.</translation>
    </message>
    <message>
      <source>It takes the role %1 to %2, and %3 has the role %4.</source>
      <translation>Dazu braucht es die Rolle %1 (%2), und %3 hat die Rolle %4.</translation>
    </message>
    <message>
      <source>The certificates that the outputs of settings.yaml name cannot be used: %1. Name PEM files, and each key with the certificate that it belongs to.</source>
      <translation>Die Zertifikate, die die Ausgänge in settings.yaml nennen, lassen sich nicht verwenden: %1. PEM-Dateien nennen, und jeden Schlüssel mit dem Zertifikat, zu dem er gehört.</translation>
    </message>
    <message>
      <source>%1 is not connected yet.</source>
      <translation>%1 ist noch nicht verbunden.</translation>
    </message>
    <message>
      <source>%1 refused the connection: %2.</source>
      <translation>%1 hat die Verbindung abgelehnt: %2.</translation>
    </message>
    <message>
      <source>%1 cannot be reached: %2.</source>
      <translation>%1 ist nicht zu erreichen: %2.</translation>
    </message>
    <message>
      <source>%1 is no longer connected.</source>
      <translation>%1 ist nicht mehr verbunden.</translation>
    </message>
    <message>
      <source>%1 does not say that it has inspection %2.</source>
      <translation>%1 bestätigt nicht, dass die Prüfung %2 angekommen ist.</translation>
    </message>
    <message>
      <source>The station ends.</source>
      <translation>Die Station endet.</translation>
    </message>
    <message>
      <source>%1 cannot be told of inspection %2 (%3).</source>
      <translation>%1 kann die Prüfung %2 nicht gemeldet werden (%3).</translation>
    </message>
    <message>
      <source>The library that an output needs is not installed (%1). Install 'assembly-inspector[plc]'.</source>
      <translation>Die Bibliothek, die ein Ausgang braucht, ist nicht installiert (%1). 'assembly-inspector[plc]' installieren.</translation>
    </message>
    <message>
      <source>Inspections cannot be sent (%1: %2); they are tried again.</source>
      <translation>Prüfungen lassen sich nicht senden (%1: %2); sie werden noch einmal versucht.</translation>
    </message>
    <message>
      <source>%1 does not listen yet.</source>
      <translation>%1 lauscht noch nicht.</translation>
    </message>
    <message>
      <source>%1 failed (%2: %3) and is begun again.</source>
      <translation>%1 ist fehlgeschlagen (%2: %3) und wird neu begonnen.</translation>
    </message>
    <message>
      <source>this machine has no such address. Name one of its own in settings.yaml.</source>
      <translation>dieser Rechner hat keine solche Adresse. Eine der eigenen in settings.yaml nennen.</translation>
    </message>
    <message>
      <source>another program does. End it, or choose another port in settings.yaml.</source>
      <translation>ein anderes Programm tut es. Es beenden, oder einen anderen Port in settings.yaml wählen.</translation>
    </message>
    <message>
      <source>this needs special rights. Choose a port above 1023 in settings.yaml, or have them granted.</source>
      <translation>das braucht besondere Rechte. Einen Port über 1023 in settings.yaml wählen, oder sie gewähren lassen.</translation>
    </message>
    <message>
      <source>passed without a valid OK: %1</source>
      <translation>GUT ohne ein gültiges OK: %1</translation>
    </message>
    <message>
      <source>The station is silent.</source>
      <translation>Die Station schweigt.</translation>
    </message>
    <message>
      <source>Fault is set; Ready, Busy, ResultValid and Pass are not. The heartbeat stands still.</source>
      <translation>Fault ist gesetzt; Ready, Busy, ResultValid und Pass sind es nicht. Der Herzschlag steht still.</translation>
    </message>
    <message>
      <source>No signal is set. The phase is %1.</source>
      <translation>Kein Signal ist gesetzt. Die Phase ist %1.</translation>
    </message>
    <message>
      <source>Ready is set, and nothing else. The recipe is %1.</source>
      <translation>Ready ist gesetzt, und sonst nichts. Das Rezept ist %1.</translation>
    </message>
    <message>
      <source>The heartbeat is %1.</source>
      <translation>Der Herzschlag ist %1.</translation>
    </message>
    <message>
      <source>Busy is set, and nothing else.</source>
      <translation>Busy ist gesetzt, und sonst nichts.</translation>
    </message>
    <message>
      <source>This is a test of the fault.</source>
      <translation>Dies ist eine Probe der Störung.</translation>
    </message>
    <message>
      <source>ResultValid is set, Pass %1. The result code is %2 (%3).</source>
      <translation>ResultValid ist gesetzt, Pass %1. Der Ergebniscode ist %2 (%3).</translation>
    </message>
    <message>
      <source>%1 The serial number is %2.</source>
      <translation>%1 Die Seriennummer ist %2.</translation>
    </message>
    <message>
      <source>%1 did not take inspection %2: HTTP %3.</source>
      <translation>%1 hat die Prüfung %2 nicht angenommen: HTTP %3.</translation>
    </message>
    <message>
      <source>'%1' is the word for what is not the component; give the pattern another name</source>
      <translation>'%1' ist das Wort für das, was nicht die Komponente ist; dem Muster einen anderen Namen geben</translation>
    </message>
    <message>
      <source>the pattern</source>
      <translation>das Muster</translation>
    </message>
    <message>
      <source>the component</source>
      <translation>die Komponente</translation>
    </message>
    <message>
      <source>'%1' has patterns: its mode should be '%2'</source>
      <translation>'%1' hat Muster: mode sollte dort '%2' sein</translation>
    </message>
    <message>
      <source>'%1' needs at least two patterns, one that passes and one that does not</source>
      <translation>'%1' braucht mindestens zwei Muster, eines, das besteht, und eines, das nicht besteht</translation>
    </message>
    <message>
      <source>'%1' needs a pattern that passes and one that does not</source>
      <translation>'%1' braucht ein Muster, das besteht, und eines, das nicht besteht</translation>
    </message>
    <message>
      <source>two patterns are called '%1' and '%2'</source>
      <translation>zwei Muster heißen '%1' und '%2'</translation>
    </message>
    <message>
      <source>agree should be more than half of frames and at most frames (%1), got %2</source>
      <translation>agree sollte mehr als die Hälfte von frames und höchstens frames (%1) sein, angegeben ist %2</translation>
    </message>
    <message>
      <source>fresh should be at most frames (%1), got %2</source>
      <translation>fresh sollte höchstens frames (%1) sein, angegeben ist %2</translation>
    </message>
    <message>
      <source>the recipe</source>
      <translation>das Rezept</translation>
    </message>
    <message>
      <source>two components are called '%1' and '%2'</source>
      <translation>zwei Komponenten heißen '%1' und '%2'</translation>
    </message>
    <message>
      <source>two labels are called '%1' and '%2'</source>
      <translation>zwei Klassen heißen '%1' und '%2'</translation>
    </message>
    <message>
      <source>two cameras are called '%1' and '%2'</source>
      <translation>zwei Kameras heißen '%1' und '%2'</translation>
    </message>
    <message>
      <source>each of several cameras has a frame_size of its own, the recipe has none</source>
      <translation>von mehreren Kameras hat jede ihre eigene frame_size, das Rezept keine</translation>
    </message>
    <message>
      <source>no component is seen by the camera '%1'</source>
      <translation>keine Komponente wird von der Kamera '%1' gesehen</translation>
    </message>
    <message>
      <source>'%1' is seen by one of the cameras: %2</source>
      <translation>'%1' wird von einer der Kameras gesehen: %2</translation>
    </message>
    <message>
      <source>there is no camera '%1': name it under 'cameras'</source>
      <translation>es gibt keine Kamera '%1': nennen Sie sie unter 'cameras'</translation>
    </message>
    <message>
      <source>a recipe with a region needs 'frame_size: [width, height]', the picture it was drawn on</source>
      <translation>ein Rezept mit einem Bereich braucht 'frame_size: [Breite, Höhe]', das Bild, auf dem er gezeichnet wurde</translation>
    </message>
    <message>
      <source>%1 leaves the picture of %2x%3</source>
      <translation>%1 ragt aus dem Bild von %2x%3</translation>
    </message>
    <message>
      <source>%1: the recipe in it is called '%2'; it should have the file's name.</source>
      <translation>%1: das Rezept darin heißt '%2'; es sollte so heißen wie die Datei.</translation>
    </message>
    <message>
      <source>a region is [xmin, ymin, xmax, ymax] with xmin &lt; xmax and ymin &lt; ymax, none below 0</source>
      <translation>ein Bereich ist [xmin, ymin, xmax, ymax] mit xmin &lt; xmax und ymin &lt; ymax, nichts davon unter 0</translation>
    </message>
    <message>
      <source>a good workpiece lacks nothing; leave 'lacks' out, or say 'good: false'</source>
      <translation>einem guten Werkstück fehlt nichts; 'lacks' weglassen, oder 'good: false' schreiben</translation>
    </message>
    <message>
      <source>Its driver does not tell which formats it has.</source>
      <translation>Ihr Treiber sagt nicht, welche Formate sie hat.</translation>
    </message>
    <message>
      <source>'%1' is no regular expression: %2</source>
      <translation>'%1' ist kein regulärer Ausdruck: %2</translation>
    </message>
    <message>
      <source>The current folder was deleted. Change to another one, and try again.</source>
      <translation>Der aktuelle Ordner wurde gelöscht. In einen anderen wechseln und noch einmal versuchen.</translation>
    </message>
    <message>
      <source>'%1' is what the program says of itself; name the person who looked.</source>
      <translation>'%1' sagt das Programm von sich selbst; die Person nennen, die hingesehen hat.</translation>
    </message>
    <message>
      <source>%1 '%2' should hold letters, digits, '-', '_' and '.' only, and start with a letter or digit</source>
      <translation>%1 '%2' sollte nur Buchstaben, Ziffern, '-', '_' und '.' enthalten und mit einem Buchstaben oder einer Ziffer beginnen</translation>
    </message>
    <message>
      <source>The settings were changed by somebody else; they are read again.</source>
      <translation>Die Einstellungen wurden von jemand anderem geändert; sie werden neu gelesen.</translation>
    </message>
    <message>
      <source>This cannot be used here.</source>
      <translation>Das kann hier nicht verwendet werden.</translation>
    </message>
    <message>
      <source>The file of '%1' was changed by somebody else; it is read again.</source>
      <translation>Die Datei von '%1' wurde von jemand anderem geändert; sie wird neu gelesen.</translation>
    </message>
    <message>
      <source>There is another recipe '%1' by now. The old one lies in %2.</source>
      <translation>Inzwischen gibt es ein anderes Rezept '%1'. Das alte liegt in %2.</translation>
    </message>
    <message>
      <source>two shifts begin at the same time</source>
      <translation>zwei Schichten beginnen zur selben Zeit</translation>
    </message>
    <message>
      <source>'%1' should be a time of the day from 00:00 to 23:59</source>
      <translation>'%1' sollte eine Tageszeit von 00:00 bis 23:59 sein</translation>
    </message>
    <message>
      <source>A recipe needs a name.</source>
      <translation>Ein Rezept braucht einen Namen.</translation>
    </message>
    <message>
      <source>There is already a recipe '%1'.</source>
      <translation>Es gibt schon ein Rezept '%1'.</translation>
    </message>
    <message>
      <source>%1 of '%2': its name and mode stay, since a recording is never altered. Delete the recordings first, or add another component.</source>
      <translation>%1 von '%2': Name und Modus bleiben, da eine Aufnahme nie verändert wird. Zuerst die Aufnahmen löschen, oder eine andere Komponente hinzufügen.</translation>
    </message>
    <message>
      <source>%1 of '%2 %3': it stays as it is.</source>
      <translation>%1 von '%2 %3': es bleibt, wie es ist.</translation>
    </message>
    <message>
      <source>There is a recording</source>
      <translation>Es gibt eine Aufnahme</translation>
    </message>
    <message>
      <source>There are %1 recordings</source>
      <translation>Es gibt %1 Aufnahmen</translation>
    </message>
    <message>
      <source>The station cannot be started: %1.</source>
      <translation>Die Station lässt sich nicht starten: %1.</translation>
    </message>
    <message>
      <source>The station ended with code %1.</source>
      <translation>Die Station endete mit dem Code %1.</translation>
    </message>
    <message>
      <source>There is no recipe in %1. Copy one there, or teach one.</source>
      <translation>In %1 ist kein Rezept. Eines dorthin kopieren, oder eines lehren.</translation>
    </message>
    <message>
      <source>The station has said nothing for %1 s.</source>
      <translation>Die Station hat seit %1 s nichts gesagt.</translation>
    </message>
    <message>
      <source>The station has judged nothing for %1 s.</source>
      <translation>Die Station hat seit %1 s nichts beurteilt.</translation>
    </message>
    <message>
      <source>What was judged was gone before its result could be shown.</source>
      <translation>Was beurteilt wurde, war fort, bevor das Ergebnis gezeigt werden konnte.</translation>
    </message>
    <message>
      <source>The station failed.</source>
      <translation>Die Station ist ausgefallen.</translation>
    </message>
    <message>
      <source>The station did not start within %1 s.</source>
      <translation>Die Station ist in %1 s nicht gestartet.</translation>
    </message>
    <message>
      <source>The station has looked at no picture for %1 s.</source>
      <translation>Die Station hat seit %1 s kein Bild angesehen.</translation>
    </message>
    <message>
      <source>The station has not answered a trigger for %1 s.</source>
      <translation>Die Station hat seit %1 s auf einen Auslöser nicht geantwortet.</translation>
    </message>
    <message>
      <source>Somebody else speaks in the station's place.</source>
      <translation>Jemand anders spricht anstelle der Station.</translation>
    </message>
    <message>
      <source>The station's report %1 came where %2 was due.</source>
      <translation>Die Meldung %1 der Station kam, wo %2 fällig war.</translation>
    </message>
    <message>
      <source>The station's report is of another time than the clock's.</source>
      <translation>Die Meldung der Station ist aus einer anderen Zeit als der der Uhr.</translation>
    </message>
    <message>
      <source>The station counts backwards.</source>
      <translation>Die Station zählt rückwärts.</translation>
    </message>
    <message>
      <source>The station starts.</source>
      <translation>Die Station startet.</translation>
    </message>
    <message>
      <source>The station was stopped.</source>
      <translation>Die Station wurde angehalten.</translation>
    </message>
    <message>
      <source>The station broke off.</source>
      <translation>Die Station brach ab.</translation>
    </message>
    <message>
      <source>The recipe changes to %1.</source>
      <translation>Das Rezept wechselt zu %1.</translation>
    </message>
    <message>
      <source>The station was not ready for this trigger.</source>
      <translation>Die Station war für diesen Trigger nicht bereit.</translation>
    </message>
    <message>
      <source>tiles should overlap by at most %1 of their side, these of %2 overlap by %3</source>
      <translation>die Kacheln sollten sich um höchstens %1 ihrer Seite überlappen, diese von %2 überlappen sich um %3</translation>
    </message>
    <message>
      <source>Tiles are 'auto', 'off', or a size in pixels such as 640x640; this is '%1'.</source>
      <translation>Kacheln sind 'auto', 'off' oder eine Größe in Pixeln wie 640x640; dies ist '%1'.</translation>
    </message>
    <message>
      <source>Tiles of %1 pixels are too small: '%2' is up to %3x%4 pixels, and has to fit whole into what two tiles share. Ask for tiles of %5 or more, or for --tiles auto.</source>
      <translation>Kacheln von %1 Pixeln sind zu klein: '%2' ist bis zu %3x%4 Pixel groß und muss ganz in das passen, was zwei Kacheln gemeinsam haben. Kacheln von %5 oder mehr verlangen, oder --tiles auto.</translation>
    </message>
    <message>
      <source>the training</source>
      <translation>das Training</translation>
    </message>
    <message>
      <source>The training %1 is running already.</source>
      <translation>Das Training %1 läuft schon.</translation>
    </message>
    <message>
      <source>There is no trigger '%1'. One is %2, %3:SECONDS or %4:FOLDER.</source>
      <translation>Es gibt keinen Auslöser '%1'. Einer ist %2, %3:SECONDS oder %4:FOLDER.</translation>
    </message>
    <message>
      <source>A timer needs %1 to %2 seconds, as in %3:2, not '%4'.</source>
      <translation>Ein Zeitgeber braucht %1 bis %2 Sekunden, wie in %3:2, nicht '%4'.</translation>
    </message>
    <message>
      <source>What the validation of %1 kept is damaged: validate it again.</source>
      <translation>Was die Prüfung von %1 gesichert hat, ist beschädigt: erneut prüfen.</translation>
    </message>
    <message>
      <source>There is no annotated frame that %1 did not learn from. Record one more video of each component, then extract and annotate it.</source>
      <translation>Es gibt kein beschriftetes Bild, aus dem %1 nicht gelernt hat. Von jeder Komponente ein weiteres Video aufnehmen, dann Bilder entnehmen und beschriften.</translation>
    </message>
    <message>
      <source>On %1 of the %2 frames the working scores were chosen, so overkill and escapes flatter: record, extract and annotate one more video of each component, and validate again.</source>
      <translation>Auf %1 der %2 Bilder wurden die Schwellen gewählt, also schmeicheln Pseudofehler und Schlupf: von jeder Komponente ein weiteres Video aufnehmen, Bilder entnehmen und beschriften, und erneut prüfen.</translation>
    </message>
    <message>
      <source>The bundle %1 was changed since it was made. Copy it again, or train again.</source>
      <translation>Das Bündel %1 wurde verändert, seit es gemacht wurde. Noch einmal kopieren, oder neu trainieren.</translation>
    </message>
    <message>
      <source>On %1 frames that it never learned from. What is true of them is stated: %2. Intervals are exact binomial ones at 95 %.</source>
      <translation>Auf %1 Bildern, aus denen es nie gelernt hat. Was von ihnen wahr ist, wurde gesagt: %2. Die Intervalle sind exakte binomiale bei 95 %.</translation>
    </message>
    <message>
      <source>Each frame alone, component by component; a station votes over several.</source>
      <translation>Jedes Bild für sich, Komponente für Komponente; eine Station stimmt über mehrere ab.</translation>
    </message>
    <message>
      <source>a sheet needs at least one tile</source>
      <translation>ein Bogen braucht mindestens eine Kachel</translation>
    </message>
    <message>
      <source>the file is empty</source>
      <translation>die Datei ist leer</translation>
    </message>
    <message>
      <source>YAML aliases (*name) are not allowed here; write the value out</source>
      <translation>YAML-Aliase (*name) sind hier nicht erlaubt; den Wert ausschreiben</translation>
    </message>
    <message>
      <source>YAML tags (%1) are not allowed here; write the plain value</source>
      <translation>YAML-Tags (%1) sind hier nicht erlaubt; den einfachen Wert schreiben</translation>
    </message>
    <message>
      <source>this holds more than %1 values: it is none of our files</source>
      <translation>dies enthält mehr als %1 Werte: es ist keine unserer Dateien</translation>
    </message>
    <message>
      <source>this is nested more than %1 deep</source>
      <translation>dies ist mehr als %1 Ebenen tief verschachtelt</translation>
    </message>
    <message>
      <source>'%1' stands here twice</source>
      <translation>'%1' steht hier zweimal</translation>
    </message>
    <message>
      <source>this is not valid YAML: %1</source>
      <translation>dies ist kein gültiges YAML: %1</translation>
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
    <name>Faults</name>
    <message>
      <source>… and %1 more.</source>
      <translation>… und %1 weitere.</translation>
    </message>
  </context>
  <context>
    <name>Figures</name>
    <message>
      <source>Component</source>
      <translation>Komponente</translation>
    </message>
    <message>
      <source>Bad, but passed</source>
      <translation>Schlecht, aber durchgelassen</translation>
    </message>
    <message>
      <source>Good, but rejected</source>
      <translation>Gut, aber abgelehnt</translation>
    </message>
    <message>
      <source>Seen where nothing is</source>
      <translation>Gesehen, wo nichts ist</translation>
    </message>
    <message>
      <source>Counts from</source>
      <translation>Zählt ab</translation>
    </message>
    <message>
      <source>none to count</source>
      <translation>keine zu zählen</translation>
    </message>
    <message>
      <source>nothing is known</source>
      <translation>nichts ist bekannt</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 von %2</translation>
    </message>
    <message>
      <source>surely below %2 %</source>
      <translation>sicher unter %2 %</translation>
    </message>
    <message>
      <source>%1 to %2 %</source>
      <translation>%1 bis %2 %</translation>
    </message>
    <message>
      <source>no empty frame</source>
      <translation>kein leeres Bild</translation>
    </message>
    <message>
      <source>%1 on %2 frames</source>
      <translation>%1 in %2 Bildern</translation>
    </message>
    <message>
      <source>loudest %1</source>
      <translation>lautester %1</translation>
    </message>
    <message>
      <source>On %1 frames that it never learned from; bounds at 95 %.</source>
      <translation>Auf %1 Bildern, aus denen es nie gelernt hat; Grenzen bei 95 %.</translation>
    </message>
    <message>
      <source>On %1 of them it was chosen from which score things count, so the figures flatter: record one more video of each component, and validate again.</source>
      <translation>Auf %1 von ihnen wurde gewählt, ab welchem Wert etwas zählt; die Zahlen schmeicheln also: nehmen Sie von jeder Komponente ein weiteres Video auf, und prüfen Sie erneut.</translation>
    </message>
    <message>
      <source>What is true was said: %1.</source>
      <translation>Was wahr ist, wurde gesagt: %1.</translation>
    </message>
    <message>
      <source>%1 by attestation</source>
      <translation>%1 durch Bestätigung</translation>
    </message>
    <message>
      <source>%1 by accepted suggestions</source>
      <translation>%1 durch angenommene Vorschläge</translation>
    </message>
    <message>
      <source>%1 by boxes that were followed</source>
      <translation>%1 durch verfolgte Rahmen</translation>
    </message>
    <message>
      <source>%1 by a detector's suggestions</source>
      <translation>%1 durch Vorschläge eines Detektors</translation>
    </message>
    <message>
      <source>%1 by %2</source>
      <translation>%1 von %2</translation>
    </message>
  </context>
  <context>
    <name>FilterButton</name>
    <message>
      <source>All</source>
      <translation>Alle</translation>
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
    <name>FrameWords</name>
    <message>
      <source>the suggestion was rejected</source>
      <translation>der Vorschlag wurde verworfen</translation>
    </message>
    <message>
      <source>nobody has looked yet</source>
      <translation>noch hat niemand hingesehen</translation>
    </message>
    <message>
      <source>attested by %1</source>
      <translation>bestätigt von %1</translation>
    </message>
    <message>
      <source>imported</source>
      <translation>importiert</translation>
    </message>
    <message>
      <source>taken without a look</source>
      <translation>ohne Ansehen übernommen</translation>
    </message>
    <message>
      <source>by %1</source>
      <translation>von %1</translation>
    </message>
    <message>
      <source>by contrast, %1 sure</source>
      <translation>aus dem Kontrast, %1 sicher</translation>
    </message>
    <message>
      <source>followed, %1 sure</source>
      <translation>verfolgt, %1 sicher</translation>
    </message>
    <message>
      <source>by a quick detector, %1 sure</source>
      <translation>von einem schnellen Detektor, %1 sicher</translation>
    </message>
  </context>
  <context>
    <name>HistoryPage</name>
    <message>
      <source>Inspections</source>
      <translation>Prüfungen</translation>
    </message>
    <message>
      <source>Figures</source>
      <translation>Zahlen</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>Export</translation>
    </message>
    <message>
      <source>This list as CSV</source>
      <translation>Diese Liste als CSV</translation>
    </message>
    <message>
      <source>This list as Parquet</source>
      <translation>Diese Liste als Parquet</translation>
    </message>
    <message>
      <source>This serial number as PDF</source>
      <translation>Diese Seriennummer als PDF</translation>
    </message>
    <message>
      <source>Report of this time as PDF</source>
      <translation>Bericht über diese Zeit als PDF</translation>
    </message>
    <message>
      <source>Export …</source>
      <translation>Export …</translation>
    </message>
    <message>
      <source>Who says that it was right?</source>
      <translation>Wer sagt, dass es richtig war?</translation>
    </message>
    <message>
      <source>Who says that it was wrong?</source>
      <translation>Wer sagt, dass es falsch war?</translation>
    </message>
    <message>
      <source>Noted. Its picture waits to be labeled.</source>
      <translation>Vermerkt. Das Bild wartet darauf, beschriftet zu werden.</translation>
    </message>
    <message>
      <source>Noted. Its picture is not kept any more.</source>
      <translation>Vermerkt. Das Bild ist nicht mehr aufbewahrt.</translation>
    </message>
    <message>
      <source>Noted.</source>
      <translation>Vermerkt.</translation>
    </message>
    <message>
      <source>Type the serial number first: a PDF is about one.</source>
      <translation>Zuerst die Seriennummer eingeben: ein PDF ist über eine.</translation>
    </message>
    <message>
      <source>Something is being written already: wait, or cancel it.</source>
      <translation>Es wird schon etwas geschrieben: warten Sie, oder brechen Sie es ab.</translation>
    </message>
    <message>
      <source>Wrote %1 inspections to %2.</source>
      <translation>%1 Prüfungen nach %2 geschrieben.</translation>
    </message>
    <message>
      <source>Cancelled: nothing was written.</source>
      <translation>Abgebrochen: nichts wurde geschrieben.</translation>
    </message>
    <message>
      <source>Writing %1 …</source>
      <translation>Schreibe %1 …</translation>
    </message>
    <message>
      <source>Writing</source>
      <translation>Wird geschrieben</translation>
    </message>
    <message>
      <source>Writing: %1 of %2</source>
      <translation>Wird geschrieben: %1 von %2</translation>
    </message>
    <message>
      <source>What the station inspects is kept here. Start it on the page Station.</source>
      <translation>Was die Station prüft, steht dann hier. Auf der Seite Station starten.</translation>
    </message>
    <message>
      <source>Nothing inspected yet</source>
      <translation>Noch nichts geprüft</translation>
    </message>
    <message>
      <source>Choose a longer time, or take away a filter above.</source>
      <translation>Oben eine längere Zeit wählen oder einen Filter wegnehmen.</translation>
    </message>
    <message>
      <source>No such inspection</source>
      <translation>Keine solche Prüfung</translation>
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
    <name>Inspected</name>
    <message>
      <source>No picture of a good one is kept</source>
      <translation>Kein Bild eines guten Teils aufbewahrt</translation>
    </message>
    <message>
      <source>Recipe</source>
      <translation>Rezept</translation>
    </message>
    <message>
      <source>Bundle</source>
      <translation>Bündel</translation>
    </message>
    <message>
      <source>Station</source>
      <translation>Station</translation>
    </message>
    <message>
      <source>Trigger</source>
      <translation>Auslöser</translation>
    </message>
    <message>
      <source>Camera</source>
      <translation>Kamera</translation>
    </message>
    <message>
      <source>Frames</source>
      <translation>Bilder</translation>
    </message>
    <message>
      <source>Latency</source>
      <translation>Latenz</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>Nummer</translation>
    </message>
  </context>
  <context>
    <name>InspectionList</name>
    <message>
      <source>Inspections</source>
      <translation>Prüfungen</translation>
    </message>
  </context>
  <context>
    <name>Intake</name>
    <message>
      <source>Importing %1</source>
      <translation>%1 wird importiert</translation>
    </message>
    <message>
      <source>Taking frames out of it</source>
      <translation>Entnimmt Bilder</translation>
    </message>
    <message>
      <source>Looking for contradictions</source>
      <translation>Sucht Widersprüche</translation>
    </message>
  </context>
  <context>
    <name>Judged</name>
    <message>
      <source>perhaps %1</source>
      <translation>vielleicht %1</translation>
    </message>
    <message>
      <source>missing</source>
      <translation>fehlt</translation>
    </message>
    <message>
      <source>%1 missing</source>
      <translation>%1 fehlt</translation>
    </message>
    <message>
      <source>%1 of %2 missing</source>
      <translation>%1 von %2 fehlen</translation>
    </message>
    <message>
      <source>%1 found, none expected</source>
      <translation>%1 gefunden, nichts erwartet</translation>
    </message>
    <message>
      <source>%1 found, %2 expected</source>
      <translation>%1 gefunden, %2 erwartet</translation>
    </message>
    <message>
      <source>1 is %1</source>
      <translation>1 ist %1</translation>
    </message>
    <message>
      <source>%1 are %2</source>
      <translation>%1 sind %2</translation>
    </message>
    <message>
      <source>%1 outside the region</source>
      <translation>%1 außerhalb des Bereichs</translation>
    </message>
    <message>
      <source>the picture is %1, the recipe was taught on %2: set the camera to %2</source>
      <translation>das Bild ist %1, gelehrt wurde das Rezept auf %2: die Kamera auf %2 stellen</translation>
    </message>
    <message>
      <source>not %1 of %2 pictures agreed within %3 s</source>
      <translation>innerhalb von %3 s waren sich nicht %1 von %2 Bildern einig</translation>
    </message>
    <message>
      <source>its place changed from picture to picture within %1 s</source>
      <translation>innerhalb von %1 s änderte sich der Ort von Bild zu Bild</translation>
    </message>
    <message>
      <source>too few pictures came within %1 s: %2 must agree</source>
      <translation>innerhalb von %1 s kamen zu wenige Bilder: %2 müssen sich einig sein</translation>
    </message>
  </context>
  <context>
    <name>JudgedWrong</name>
    <message>
      <source>They are being taken into a recording.</source>
      <translation>Sie werden in eine Aufnahme übernommen.</translation>
    </message>
    <message>
      <source>Pictures that somebody at the station said were judged wrong: %1</source>
      <translation>Bilder, von denen jemand an der Station sagte, dass falsch geurteilt wurde: %1</translation>
    </message>
    <message>
      <source>Label them</source>
      <translation>Beschriften</translation>
    </message>
  </context>
  <context>
    <name>Keeper</name>
    <message>
      <source>%1 is not there: see whether its disk or its network is.</source>
      <translation>%1 ist nicht da: nachsehen, ob die Platte oder das Netz da ist.</translation>
    </message>
  </context>
  <context>
    <name>KeepingSection</name>
    <message>
      <source>Records</source>
      <translation>Aufzeichnungen</translation>
    </message>
    <message>
      <source>On this machine</source>
      <translation>Auf diesem Rechner</translation>
    </message>
    <message>
      <source>Days that an inspection is kept</source>
      <translation>Tage, die eine Prüfung aufbewahrt wird</translation>
    </message>
    <message>
      <source>Empty: for ever</source>
      <translation>Leer: für immer</translation>
    </message>
    <message>
      <source>Days that its picture is kept</source>
      <translation>Tage, die ihr Bild aufbewahrt wird</translation>
    </message>
    <message>
      <source>Empty: as long as there is room for it</source>
      <translation>Leer: solange Platz dafür ist</translation>
    </message>
    <message>
      <source>Room for all pictures, in GB</source>
      <translation>Platz für alle Bilder, in GB</translation>
    </message>
    <message>
      <source>Where it does not suffice, the oldest go</source>
      <translation>Wo er nicht reicht, gehen die ältesten</translation>
    </message>
    <message>
      <source>Name of this station</source>
      <translation>Name dieser Station</translation>
    </message>
    <message>
      <source>Empty: as the computer is called</source>
      <translation>Leer: wie der Rechner heißt</translation>
    </message>
    <message>
      <source>The plant's database</source>
      <translation>Die Datenbank des Werks</translation>
    </message>
    <message>
      <source>PostgreSQL, to which all is copied</source>
      <translation>PostgreSQL, wohin alles kopiert wird</translation>
    </message>
    <message>
      <source>postgresql+psycopg://NAME:PASSWORD@HOST/DATABASE; empty: none. What it has not got stays here.</source>
      <translation>postgresql+psycopg://NAME:PASSWORT@RECHNER/DATENBANK; leer: keine. Was sie nicht hat, bleibt hier.</translation>
    </message>
  </context>
  <context>
    <name>Kiosk</name>
    <message>
      <source>Leave the kiosk: who are you?</source>
      <translation>Den Kiosk verlassen: Wer sind Sie?</translation>
    </message>
    <message>
      <source>Next try in %1 s.</source>
      <translation>Nächster Versuch in %1 s.</translation>
    </message>
  </context>
  <context>
    <name>LabelBar</name>
    <message>
      <source>Recording</source>
      <translation>Aufnahme</translation>
    </message>
    <message>
      <source>Suggest boxes</source>
      <translation>Rahmen vorschlagen</translation>
    </message>
    <message>
      <source>By a detector</source>
      <translation>Per Detektor</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>Suchen</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>A detector learns for minutes from the frames that are confirmed, and suggests the rest.</source>
      <translation>Ein Detektor lernt einige Minuten aus den bestätigten Bildern und schlägt den Rest vor.</translation>
    </message>
    <message>
      <source>Once %1 frames with boxes are confirmed (now %2), a detector can suggest the rest.</source>
      <translation>Sobald %1 Bilder mit Rahmen bestätigt sind (jetzt %2), kann ein Detektor den Rest vorschlagen.</translation>
    </message>
  </context>
  <context>
    <name>LabelPage</name>
    <message>
      <source>Somebody else changed %1 of these frames. They are shown as they are now.</source>
      <translation>Jemand anderes hat %1 dieser Bilder geändert. Sie werden gezeigt, wie sie jetzt sind.</translation>
    </message>
    <message>
      <source>Somebody else changed %1 of these frames. What you said of %2 was not written over it.</source>
      <translation>Jemand anderes hat %1 dieser Bilder geändert. Was Sie von %2 gesagt haben, wurde nicht darübergeschrieben.</translation>
    </message>
    <message>
      <source>Taken back or made again: %1</source>
      <translation>Zurückgenommen oder wiederholt: %1</translation>
    </message>
    <message>
      <source>Frames are being taken, or boxes suggested.</source>
      <translation>Es werden Bilder entnommen oder Rahmen vorgeschlagen.</translation>
    </message>
    <message>
      <source>Some of what you said of frames is not written yet.</source>
      <translation>Einiges, was Sie von Bildern gesagt haben, ist noch nicht geschrieben.</translation>
    </message>
    <message>
      <source>This recipe cannot be read</source>
      <translation>Dieses Rezept lässt sich nicht lesen</translation>
    </message>
    <message>
      <source>Make one on the page of the recipes, then record it.</source>
      <translation>Legen Sie eines auf der Seite der Rezepte an, dann nehmen Sie es auf.</translation>
    </message>
    <message>
      <source>No recipe yet</source>
      <translation>Noch kein Rezept</translation>
    </message>
    <message>
      <source>Record the component once where it is there and once where it is not; its frames come here.</source>
      <translation>Nehmen Sie die Komponente einmal auf, wo sie ist, und einmal, wo sie fehlt; die Bilder kommen hierher.</translation>
    </message>
    <message>
      <source>Nothing is recorded yet</source>
      <translation>Noch nichts aufgenommen</translation>
    </message>
    <message>
      <source>Sharp, different frames are taken out of the recordings of this recipe.</source>
      <translation>Scharfe, verschiedene Bilder werden den Aufnahmen dieses Rezepts entnommen.</translation>
    </message>
    <message>
      <source>No frames yet</source>
      <translation>Noch keine Bilder</translation>
    </message>
    <message>
      <source>Take the frames</source>
      <translation>Bilder entnehmen</translation>
    </message>
    <message>
      <source>This recording cannot be labeled</source>
      <translation>Diese Aufnahme lässt sich nicht beschriften</translation>
    </message>
    <message>
      <source>This picture cannot be shown</source>
      <translation>Dieses Bild lässt sich nicht zeigen</translation>
    </message>
    <message>
      <source>%1 Nothing is lost: it is kept here, and written with the next change or Ctrl+S.</source>
      <translation>%1 Nichts ist verloren: es bleibt hier und wird mit der nächsten Änderung oder Strg+S geschrieben.</translation>
    </message>
    <message>
      <source>Changes that are not written yet: %1</source>
      <translation>Noch nicht geschriebene Änderungen: %1</translation>
    </message>
    <message>
      <source>Understood</source>
      <translation>Verstanden</translation>
    </message>
    <message>
      <source>Please note</source>
      <translation>Bitte beachten</translation>
    </message>
  </context>
  <context>
    <name>Learning</name>
    <message>
      <source>Progress of the training</source>
      <translation>Fortschritt des Trainings</translation>
    </message>
    <message>
      <source>End it now</source>
      <translation>Jetzt beenden</translation>
    </message>
    <message>
      <source>What it has learned until now is kept and becomes a bundle</source>
      <translation>Was es bis jetzt gelernt hat, bleibt und wird ein Bündel</translation>
    </message>
    <message>
      <source>Validate it</source>
      <translation>Prüfen</translation>
    </message>
    <message>
      <source>Use it at the station</source>
      <translation>An der Station verwenden</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Zurück</translation>
    </message>
    <message>
      <source>Frames that it never learns from, and what it sees in them now</source>
      <translation>Bilder, aus denen es nie lernt, und was es jetzt in ihnen sieht</translation>
    </message>
    <message>
      <source>Starting</source>
      <translation>Startet</translation>
    </message>
    <message>
      <source>Packing the frames</source>
      <translation>Packt die Bilder</translation>
    </message>
    <message>
      <source>Timing a few steps</source>
      <translation>Misst ein paar Schritte</translation>
    </message>
    <message>
      <source>Learning</source>
      <translation>Lernt</translation>
    </message>
    <message>
      <source>Looking for what fools it</source>
      <translation>Sucht, was es täuscht</translation>
    </message>
    <message>
      <source>Learning from what fooled it</source>
      <translation>Lernt aus dem, was es täuschte</translation>
    </message>
    <message>
      <source>Making the bundle</source>
      <translation>Macht das Bündel</translation>
    </message>
    <message>
      <source>Ending: what it has learned is kept</source>
      <translation>Wird beendet: was gelernt ist, bleibt</translation>
    </message>
    <message>
      <source>frame %1 of %2</source>
      <translation>Bild %1 von %2</translation>
    </message>
    <message>
      <source>%1 of %2 done</source>
      <translation>%1 von %2 erledigt</translation>
    </message>
    <message>
      <source>“%1”</source>
      <translation>„%1“</translation>
    </message>
    <message>
      <source>about %1 in all, and then it looks for what fools it</source>
      <translation>insgesamt etwa %1, und dann sucht es, was es täuscht</translation>
    </message>
    <message>
      <source>step %1 of %2</source>
      <translation>Schritt %1 von %2</translation>
    </message>
    <message>
      <source>%1 pictures/s</source>
      <translation>%1 Bilder/s</translation>
    </message>
    <message>
      <source>about %1 left</source>
      <translation>noch etwa %1</translation>
    </message>
  </context>
  <context>
    <name>Look</name>
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
      <source>FAULT</source>
      <translation>STÖRUNG</translation>
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
      <source>Proving</source>
      <translation>Probe läuft</translation>
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
    <name>LookSection</name>
    <message>
      <source>Language and look</source>
      <translation>Sprache, Aussehen</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Dunkel</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Hell</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Sprache</translation>
    </message>
    <message>
      <source>Look</source>
      <translation>Aussehen</translation>
    </message>
  </context>
  <context>
    <name>Marks</name>
    <message>
      <source>looks like %1</source>
      <translation>sieht aus wie %1</translation>
    </message>
  </context>
  <context>
    <name>MissingCard</name>
    <message>
      <source>%1: still to record</source>
      <translation>%1: noch aufzunehmen</translation>
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
    <name>Operating</name>
    <message>
      <source>The station does not run: %1 was not taken.</source>
      <translation>Die Station läuft nicht: %1 wurde nicht angenommen.</translation>
    </message>
    <message>
      <source>Inspect “%1”: who are you?</source>
      <translation>„%1“ prüfen: Wer sind Sie?</translation>
    </message>
    <message>
      <source>Prove the station: who are you?</source>
      <translation>Probe der Station: Wer sind Sie?</translation>
    </message>
    <message>
      <source>Mark a verdict as wrong: who are you?</source>
      <translation>Ein Urteil als falsch melden: Wer sind Sie?</translation>
    </message>
    <message>
      <source>Noted. The verdict stays; a technician will label the picture.</source>
      <translation>Notiert. Das Urteil bleibt; das Bild wird von der Technik beschriftet.</translation>
    </message>
    <message>
      <source>Noted. The verdict stays; its picture is not kept any more.</source>
      <translation>Notiert. Das Urteil bleibt; sein Bild ist nicht mehr aufbewahrt.</translation>
    </message>
  </context>
  <context>
    <name>OutputsSection</name>
    <message>
      <source>Outputs</source>
      <translation>Ausgänge</translation>
    </message>
    <message>
      <source>Address to listen on</source>
      <translation>Adresse, an der gehört wird</translation>
    </message>
    <message>
      <source>127.0.0.1: this machine alone; 0.0.0.0: every network that it is in</source>
      <translation>127.0.0.1: dieser Rechner allein; 0.0.0.0: jedes Netz, in dem er ist</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>Port</translation>
    </message>
    <message>
      <source>Handshake</source>
      <translation>Handshake</translation>
    </message>
    <message>
      <source>Answers triggers alone</source>
      <translation>Nur auf Auslöser</translation>
    </message>
    <message>
      <source>Certificate (file)</source>
      <translation>Zertifikat (Datei)</translation>
    </message>
    <message>
      <source>With its key: encrypted</source>
      <translation>Mit seinem Schlüssel: verschlüsselt</translation>
    </message>
    <message>
      <source>Key (file)</source>
      <translation>Schlüssel (Datei)</translation>
    </message>
    <message>
      <source>Modbus TCP</source>
      <translation>Modbus TCP</translation>
    </message>
    <message>
      <source>Who signed the clients (file)</source>
      <translation>Wer die Clients signierte (Datei)</translation>
    </message>
    <message>
      <source>OPC UA</source>
      <translation>OPC UA</translation>
    </message>
    <message>
      <source>Trusted clients (folder)</source>
      <translation>Vertraute Clients (Ordner)</translation>
    </message>
    <message>
      <source>Who may connect by a password: in settings.yaml</source>
      <translation>Wer sich mit Passwort verbinden darf: in settings.yaml</translation>
    </message>
    <message>
      <source>MQTT</source>
      <translation>MQTT</translation>
    </message>
    <message>
      <source>Broker</source>
      <translation>Broker</translation>
    </message>
    <message>
      <source>Empty: 1883, and 8883 with TLS</source>
      <translation>Leer: 1883, und 8883 mit TLS</translation>
    </message>
    <message>
      <source>Name of this station</source>
      <translation>Name dieser Station</translation>
    </message>
    <message>
      <source>As no other is called there</source>
      <translation>Wie dort keine andere heißt</translation>
    </message>
    <message>
      <source>Topics begin with</source>
      <translation>Topics beginnen mit</translation>
    </message>
    <message>
      <source>Group</source>
      <translation>Gruppe</translation>
    </message>
    <message>
      <source>TLS</source>
      <translation>TLS</translation>
    </message>
    <message>
      <source>Encrypted</source>
      <translation>Verschlüsselt</translation>
    </message>
    <message>
      <source>User</source>
      <translation>Benutzer</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>Passwort</translation>
    </message>
    <message>
      <source>Who signed the broker (file)</source>
      <translation>Wer den Broker signierte (Datei)</translation>
    </message>
    <message>
      <source>Webhook</source>
      <translation>Webhook</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>https://…, to which each inspection is posted</source>
      <translation>https://…, wohin jede Prüfung gesendet wird</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>Geheimnis</translation>
    </message>
    <message>
      <source>Sent in the header below</source>
      <translation>Wird im Header darunter gesendet</translation>
    </message>
    <message>
      <source>Header</source>
      <translation>Header</translation>
    </message>
    <message>
      <source>Who signed the server (file)</source>
      <translation>Wer den Server signierte (Datei)</translation>
    </message>
  </context>
  <context>
    <name>Paper</name>
    <message>
      <source>Serial number %1</source>
      <translation>Seriennummer %1</translation>
    </message>
    <message>
      <source>%1, %2: the verdict was wrong: %3</source>
      <translation>%1, %2: Das Urteil war falsch: %3</translation>
    </message>
    <message>
      <source>component</source>
      <translation>Komponente</translation>
    </message>
    <message>
      <source>pattern</source>
      <translation>Muster</translation>
    </message>
    <message>
      <source>expected</source>
      <translation>erwartet</translation>
    </message>
    <message>
      <source>found</source>
      <translation>gefunden</translation>
    </message>
    <message>
      <source>verdict</source>
      <translation>Urteil</translation>
    </message>
    <message>
      <source>reason</source>
      <translation>Grund</translation>
    </message>
    <message>
      <source>%1, %2: the verdict was right</source>
      <translation>%1, %2: Das Urteil war richtig</translation>
    </message>
    <message>
      <source>recipe %1</source>
      <translation>Rezept %1</translation>
    </message>
    <message>
      <source>bundle %1</source>
      <translation>Bündel %1</translation>
    </message>
    <message>
      <source>station %1</source>
      <translation>Station %1</translation>
    </message>
    <message>
      <source>id %1</source>
      <translation>Nummer %1</translation>
    </message>
    <message>
      <source>trigger %1</source>
      <translation>Auslöser %1</translation>
    </message>
    <message>
      <source>camera %1</source>
      <translation>Kamera %1</translation>
    </message>
    <message>
      <source>%1: missing</source>
      <translation>%1: fehlt</translation>
    </message>
    <message>
      <source>%1: too many</source>
      <translation>%1: zu viele</translation>
    </message>
    <message>
      <source>%1: doubtful</source>
      <translation>%1: zweifelhaft</translation>
    </message>
    <message>
      <source>%1: pictures did not agree</source>
      <translation>%1: Bilder waren uneins</translation>
    </message>
    <message>
      <source>%1: not judged</source>
      <translation>%1: nicht beurteilt</translation>
    </message>
    <message>
      <source>Camera %1</source>
      <translation>Kamera %1</translation>
    </message>
    <message>
      <source>Its picture is not kept here.</source>
      <translation>Das Bild davon ist hier nicht aufbewahrt.</translation>
    </message>
    <message>
      <source>From %1 to %2</source>
      <translation>Von %1 bis %2</translation>
    </message>
    <message>
      <source>%1: %2 of %3 rejected, %4, outside of %5 to %6.</source>
      <translation>%1: %2 von %3 Ausschuss, %4, außerhalb von %5 bis %6.</translation>
    </message>
    <message>
      <source>inspected</source>
      <translation>geprüft</translation>
    </message>
    <message>
      <source>rejected</source>
      <translation>Ausschuss</translation>
    </message>
    <message>
      <source>none</source>
      <translation>keiner</translation>
    </message>
    <message>
      <source>Made %1.</source>
      <translation>Erstellt am %1.</translation>
    </message>
    <message>
      <source>What was not in order</source>
      <translation>Was nicht in Ordnung war</translation>
    </message>
    <message>
      <source>How often each was found, and the share of all findings that it makes up with those above it.</source>
      <translation>Wie oft jedes gefunden wurde, und der Anteil an allen Befunden, den es mit denen darüber ausmacht.</translation>
    </message>
    <message>
      <source>Rejects</source>
      <translation>Ausschuss</translation>
    </message>
    <message>
      <source>The share of rejects, %1 in all, with limits of three sigmas.</source>
      <translation>Der Anteil Ausschuss, insgesamt %1, mit Grenzen von drei Sigma.</translation>
    </message>
    <message>
      <source>Each reject</source>
      <translation>Der Ausschuss im Einzelnen</translation>
    </message>
    <message>
      <source>Nothing was found that is not in order.</source>
      <translation>Nichts wurde gefunden, was nicht in Ordnung ist.</translation>
    </message>
    <message>
      <source>%1 findings are none of these.</source>
      <translation>%1 Befunde sind keine davon.</translation>
    </message>
    <message>
      <source>%1 stretches before these are not shown.</source>
      <translation>%1 Abschnitte davor sind nicht gezeigt.</translation>
    </message>
    <message>
      <source>The last %1 of %2.</source>
      <translation>Die letzten %1 von %2.</translation>
    </message>
  </context>
  <context>
    <name>ParetoChart</name>
    <message>
      <source>What was not in order: how often, and which share of all it is with those above</source>
      <translation>Was nicht in Ordnung war: wie oft, und welcher Anteil an allem es mit denen darüber ist</translation>
    </message>
    <message>
      <source>%1 findings are none of these</source>
      <translation>%1 Befunde sind keine davon</translation>
    </message>
    <message>
      <source>%1: missing</source>
      <translation>%1: fehlt</translation>
    </message>
    <message>
      <source>%1: too many</source>
      <translation>%1: zu viele</translation>
    </message>
    <message>
      <source>%1: doubtful</source>
      <translation>%1: zweifelhaft</translation>
    </message>
    <message>
      <source>%1: pictures did not agree</source>
      <translation>%1: Bilder waren uneins</translation>
    </message>
    <message>
      <source>%1: not judged</source>
      <translation>%1: nicht beurteilt</translation>
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
    <name>PeopleSection</name>
    <message>
      <source>People</source>
      <translation>Personen</translation>
    </message>
    <message>
      <source>Register somebody …</source>
      <translation>Jemanden eintragen …</translation>
    </message>
    <message>
      <source>Nobody is registered, so everybody may do everything. Register the first engineer.</source>
      <translation>Niemand ist eingetragen, also darf jeder alles. Den ersten Ingenieur eintragen.</translation>
    </message>
    <message>
      <source>%1 registered</source>
      <translation>%1 eingetragen</translation>
    </message>
    <message>
      <source>since %1</source>
      <translation>seit %1</translation>
    </message>
    <message>
      <source>has to wait after wrong PINs: %1 s</source>
      <translation>muss nach falschen PINs warten: %1 s</translation>
    </message>
    <message>
      <source>Role of %1</source>
      <translation>Rolle von %1</translation>
    </message>
    <message>
      <source>PIN …</source>
      <translation>PIN …</translation>
    </message>
    <message>
      <source>End the pause</source>
      <translation>Pause beenden</translation>
    </message>
    <message>
      <source>Remove %1</source>
      <translation>%1 entfernen</translation>
    </message>
  </context>
  <context>
    <name>PersonForm</name>
    <message>
      <source>Operator</source>
      <translation>Bediener</translation>
    </message>
    <message>
      <source>Technician</source>
      <translation>Techniker</translation>
    </message>
    <message>
      <source>Engineer</source>
      <translation>Ingenieur</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Role</source>
      <translation>Rolle</translation>
    </message>
    <message>
      <source>PIN</source>
      <translation>PIN</translation>
    </message>
    <message>
      <source>6 digits at least</source>
      <translation>Mindestens 6 Ziffern</translation>
    </message>
    <message>
      <source>The same PIN again</source>
      <translation>Dieselbe PIN noch einmal</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Register somebody</source>
      <translation>Jemanden eintragen</translation>
    </message>
    <message>
      <source>Another PIN for %1</source>
      <translation>Eine andere PIN für %1</translation>
    </message>
    <message>
      <source>Register</source>
      <translation>Eintragen</translation>
    </message>
    <message>
      <source>Set the PIN</source>
      <translation>PIN setzen</translation>
    </message>
    <message>
      <source>Who is first is an engineer</source>
      <translation>Wer zuerst kommt, ist Ingenieur</translation>
    </message>
    <message>
      <source>These are two different PINs.</source>
      <translation>Das sind zwei verschiedene PINs.</translation>
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
    <name>PinPad</name>
    <message>
      <source>Your name</source>
      <translation>Ihr Name</translation>
    </message>
    <message>
      <source>Digits of the PIN</source>
      <translation>Ziffern der PIN</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Take one digit back</source>
      <translation>Eine Ziffer zurücknehmen</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>Eingeben</translation>
    </message>
    <message>
      <source>One moment …</source>
      <translation>Einen Moment …</translation>
    </message>
    <message>
      <source>Too many wrong PINs. Next try in %1 s.</source>
      <translation>Zu viele falsche PINs. Nächster Versuch in %1 s.</translation>
    </message>
  </context>
  <context>
    <name>Preparation</name>
    <message>
      <source>Go on</source>
      <translation>Weitermachen</translation>
    </message>
    <message>
      <source>More settings</source>
      <translation>Weitere Einstellungen</translation>
    </message>
    <message>
      <source>How long here?</source>
      <translation>Wie lange hier?</translation>
    </message>
    <message>
      <source>Train</source>
      <translation>Trainieren</translation>
    </message>
    <message>
      <source>Times a few steps on this machine and then takes them back</source>
      <translation>Misst ein paar Schritte auf dieser Maschine und nimmt sie wieder zurück</translation>
    </message>
    <message>
      <source>What there is to learn from</source>
      <translation>Woraus sich lernen lässt</translation>
    </message>
    <message>
      <source>How much it takes on</source>
      <translation>Wie viel es sich vornimmt</translation>
    </message>
    <message>
      <source>Component</source>
      <translation>Komponente</translation>
    </message>
    <message>
      <source>Recordings</source>
      <translation>Aufnahmen</translation>
    </message>
    <message>
      <source>With boxes</source>
      <translation>Mit Rahmen</translation>
    </message>
    <message>
      <source>Verified empty</source>
      <translation>Bestätigt leer</translation>
    </message>
    <message>
      <source>Suggested</source>
      <translation>Vorschlag</translation>
    </message>
    <message>
      <source>Unlabeled</source>
      <translation>Unbeschriftet</translation>
    </message>
    <message>
      <source>Before it can be taught</source>
      <translation>Bevor gelehrt werden kann</translation>
    </message>
    <message>
      <source>Frames that seem to contradict what was said of their recordings: %1. → page Label</source>
      <translation>Bilder, die dem zu widersprechen scheinen, was zu ihren Aufnahmen gesagt wurde: %1. → Seite Beschriften</translation>
    </message>
    <message>
      <source>Look at these first</source>
      <translation>Diese zuerst ansehen</translation>
    </message>
    <message>
      <source>→ page Record</source>
      <translation>→ Seite Aufnehmen</translation>
    </message>
    <message>
      <source>→ page Label</source>
      <translation>→ Seite Beschriften</translation>
    </message>
    <message>
      <source>… and %1 more.</source>
      <translation>… und %1 weitere.</translation>
    </message>
  </context>
  <context>
    <name>PresetCards</name>
    <message>
      <source>Quick</source>
      <translation>Schnell</translation>
    </message>
    <message>
      <source>To see in minutes whether the recordings teach. Not for a station.</source>
      <translation>Um in Minuten zu sehen, ob die Aufnahmen lehren. Nicht für eine Station.</translation>
    </message>
    <message>
      <source>Standard</source>
      <translation>Standard</translation>
    </message>
    <message>
      <source>For a station. The right one unless something speaks against.</source>
      <translation>Für eine Station. Das Richtige, wenn nichts dagegen spricht.</translation>
    </message>
    <message>
      <source>Thorough</source>
      <translation>Gründlich</translation>
    </message>
    <message>
      <source>For small components: looks closer and longer. Wants a machine with a GPU.</source>
      <translation>Für kleine Komponenten: schaut genauer und länger. Braucht eine Maschine mit GPU.</translation>
    </message>
  </context>
  <context>
    <name>Previews</name>
    <message>
      <source>Frames that it never learns from, with what it sees in them now</source>
      <translation>Bilder, aus denen es nie lernt, mit dem, was es jetzt in ihnen sieht</translation>
    </message>
    <message>
      <source>nothing there, nothing seen</source>
      <translation>nichts da, nichts gesehen</translation>
    </message>
    <message>
      <source>nothing there, %1 seen</source>
      <translation>nichts da, %1 gesehen</translation>
    </message>
    <message>
      <source>%1 of %2 found</source>
      <translation>%1 von %2 gefunden</translation>
    </message>
    <message>
      <source>%1, %2 wrong</source>
      <translation>%1, %2 falsch</translation>
    </message>
  </context>
  <context>
    <name>Proposing</name>
    <message>
      <source>Taking frames</source>
      <translation>Entnimmt Bilder</translation>
    </message>
    <message>
      <source>A detector learns</source>
      <translation>Ein Detektor lernt</translation>
    </message>
    <message>
      <source>Suggesting boxes</source>
      <translation>Schlägt Rahmen vor</translation>
    </message>
    <message>
      <source>Looking for contradictions</source>
      <translation>Sucht Widersprüche</translation>
    </message>
    <message>
      <source>Searching thoroughly</source>
      <translation>Sucht gründlich</translation>
    </message>
    <message>
      <source>Boxes are suggested for %1 frames. Look at each, and press Enter where they are right.</source>
      <translation>Für %1 Bilder sind Rahmen vorgeschlagen. Sehen Sie jedes an, und drücken Sie Enter, wo sie stimmen.</translation>
    </message>
    <message>
      <source>No boxes can be suggested from what is known. What is said of this frame helps most.</source>
      <translation>Aus dem Bekannten lassen sich keine Rahmen vorschlagen. Am meisten hilft, was Sie von diesem Bild sagen.</translation>
    </message>
    <message>
      <source>Frames that seem to contradict what was said of their recordings: %1. Look at them.</source>
      <translation>Bilder, die dem zu widersprechen scheinen, was zu ihren Aufnahmen gesagt wurde: %1. Bitte ansehen.</translation>
    </message>
    <message>
      <source>Searched: nothing in %1 recordings contradicts what was said of them.</source>
      <translation>Gesucht: nichts in %1 Aufnahmen widerspricht dem, was zu ihnen gesagt wurde.</translation>
    </message>
  </context>
  <context>
    <name>Reason</name>
    <message>
      <source>Everything is right</source>
      <translation>Alles ist richtig</translation>
    </message>
    <message>
      <source>Something else</source>
      <translation>Etwas anderes</translation>
    </message>
    <message>
      <source>A hand or a tool was in the picture</source>
      <translation>Hand oder Werkzeug im Bild</translation>
    </message>
    <message>
      <source>Something is missing</source>
      <translation>Etwas fehlt</translation>
    </message>
    <message>
      <source>A part is wrong or damaged</source>
      <translation>Ein Teil ist falsch oder beschädigt</translation>
    </message>
    <message>
      <source>Another part is at fault</source>
      <translation>Ein anderes Teil ist der Fehler</translation>
    </message>
    <message>
      <source>It is faulty</source>
      <translation>Es ist fehlerhaft</translation>
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
    <message>
      <source>Move “%1” to the trash: who are you?</source>
      <translation>„%1“ in den Papierkorb legen: Wer sind Sie?</translation>
    </message>
    <message>
      <source>Put “%1” back: who are you?</source>
      <translation>„%1“ zurückholen: Wer sind Sie?</translation>
    </message>
    <message>
      <source>Delete these recipes for good? %1 of them lie in the trash, and cannot be put back then.</source>
      <translation>Diese Rezepte endgültig löschen? %1 davon liegen im Papierkorb und lassen sich dann nicht mehr zurückholen.</translation>
    </message>
    <message>
      <source>Delete them</source>
      <translation>Löschen</translation>
    </message>
    <message>
      <source>Keep them</source>
      <translation>Behalten</translation>
    </message>
    <message>
      <source>Delete recipes for good: who are you?</source>
      <translation>Rezepte endgültig löschen: Wer sind Sie?</translation>
    </message>
  </context>
  <context>
    <name>RecordPage</name>
    <message>
      <source>A recording is being made. What is recorded until now is kept.</source>
      <translation>Es wird gerade aufgenommen. Was bis jetzt aufgenommen ist, bleibt.</translation>
    </message>
    <message>
      <source>Files are being imported, and would have to be imported again.</source>
      <translation>Es werden Dateien importiert, die erneut importiert werden müssten.</translation>
    </message>
    <message>
      <source>There was no picture just now. Press Record again once there is.</source>
      <translation>Gerade war kein Bild da. Drücken Sie noch einmal Aufnehmen, sobald es da ist.</translation>
    </message>
    <message>
      <source>Record anew</source>
      <translation>Neu aufnehmen</translation>
    </message>
    <message>
      <source>“%1” differs from “%2” in more than what it shows, and a detector could learn that: %3.</source>
      <translation>„%1“ unterscheidet sich von „%2“ in mehr als dem, was es zeigt, und ein Detektor könnte das lernen: %3.</translation>
    </message>
    <message>
      <source>Delete it and record anew</source>
      <translation>Löschen und neu aufnehmen</translation>
    </message>
    <message>
      <source>Import something else</source>
      <translation>Etwas anderes importieren</translation>
    </message>
    <message>
      <source>Frames that seem to contradict what was said of their recordings: %1. See them on the page Label.</source>
      <translation>Bilder, die dem zu widersprechen scheinen, was zu ihren Aufnahmen gesagt wurde: %1. Sie sind auf der Seite Beschriften zu sehen.</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>Weitermachen</translation>
    </message>
    <message>
      <source>The camera is being opened.</source>
      <translation>Die Kamera wird geöffnet.</translation>
    </message>
    <message>
      <source>Show also what is almost right: %1.</source>
      <translation>Zeigen Sie auch, was fast richtig ist: %1.</translation>
    </message>
    <message>
      <source>It must be in every frame. Move and turn the product, and let it rest in between.</source>
      <translation>Sie muss in jedem Bild sein. Bewegen und drehen Sie das Produkt, und lassen Sie es dazwischen ruhen.</translation>
    </message>
    <message>
      <source>This recipe cannot be read</source>
      <translation>Dieses Rezept lässt sich nicht lesen</translation>
    </message>
    <message>
      <source>Make one on the page of the recipes; then record it here.</source>
      <translation>Legen Sie eines auf der Seite der Rezepte an; dann nehmen Sie es hier auf.</translation>
    </message>
    <message>
      <source>No recipe yet</source>
      <translation>Noch kein Rezept</translation>
    </message>
    <message>
      <source>Drop it to import it</source>
      <translation>Loslassen, um zu importieren</translation>
    </message>
    <message>
      <source>There is no picture</source>
      <translation>Es gibt kein Bild</translation>
    </message>
    <message>
      <source>The recordings are kept</source>
      <translation>Die Aufnahmen sind behalten</translation>
    </message>
    <message>
      <source>Understood</source>
      <translation>Verstanden</translation>
    </message>
  </context>
  <context>
    <name>RecordingCard</name>
    <message>
      <source>Delete</source>
      <translation>Löschen</translation>
    </message>
    <message>
      <source>Delete %1</source>
      <translation>%1 löschen</translation>
    </message>
    <message>
      <source>%1 pictures</source>
      <translation>%1 Bilder</translation>
    </message>
    <message>
      <source>%1 frames</source>
      <translation>%1 Bilder</translation>
    </message>
    <message>
      <source>%1 lost</source>
      <translation>%1 verloren</translation>
    </message>
    <message>
      <source>%1 views: few</source>
      <translation>%1 Ansichten: wenige</translation>
    </message>
    <message>
      <source>%1 views: enough</source>
      <translation>%1 Ansichten: genug</translation>
    </message>
  </context>
  <context>
    <name>RecordingChoice</name>
    <message>
      <source>%1: lookalikes, negative</source>
      <translation>%1: Doppelgänger, negativ</translation>
    </message>
    <message>
      <source>%1: positive</source>
      <translation>%1: positiv</translation>
    </message>
    <message>
      <source>%1: negative</source>
      <translation>%1: negativ</translation>
    </message>
  </context>
  <context>
    <name>RecordingList</name>
    <message>
      <source>Recordings</source>
      <translation>Aufnahmen</translation>
    </message>
  </context>
  <context>
    <name>RecordingLook</name>
    <message>
      <source>cannot be read</source>
      <translation>lässt sich nicht lesen</translation>
    </message>
    <message>
      <source>no frames yet</source>
      <translation>noch keine Bilder</translation>
    </message>
    <message>
      <source>contradicts: %1</source>
      <translation>widerspricht: %1</translation>
    </message>
  </context>
  <context>
    <name>RecordingsPanel</name>
    <message>
      <source>Recordings</source>
      <translation>Aufnahmen</translation>
    </message>
    <message>
      <source>Trash</source>
      <translation>Papierkorb</translation>
    </message>
    <message>
      <source>Videos…</source>
      <translation>Videos …</translation>
    </message>
    <message>
      <source>Pictures…</source>
      <translation>Bilder …</translation>
    </message>
    <message>
      <source>Import videos; or drop them on the page</source>
      <translation>Videos importieren; oder sie auf die Seite ziehen</translation>
    </message>
    <message>
      <source>Import a folder of pictures; or drop it on the page</source>
      <translation>Einen Ordner mit Bildern importieren; oder ihn auf die Seite ziehen</translation>
    </message>
    <message>
      <source>Move “%1” to the trash: who are you?</source>
      <translation>„%1“ in den Papierkorb legen: Wer sind Sie?</translation>
    </message>
    <message>
      <source>Put “%1” back: who are you?</source>
      <translation>„%1“ zurückholen: Wer sind Sie?</translation>
    </message>
    <message>
      <source>Delete recordings for good: who are you?</source>
      <translation>Aufnahmen endgültig löschen: Wer sind Sie?</translation>
    </message>
    <message>
      <source>, %1 left</source>
      <translation>, noch %1</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>%1 is in the trash.</source>
      <translation>%1 ist im Papierkorb.</translation>
    </message>
    <message>
      <source>Put back</source>
      <translation>Zurückholen</translation>
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
      <source>Picture of the camera “%1”</source>
      <translation>Bild der Kamera „%1“</translation>
    </message>
    <message>
      <source>No picture came</source>
      <translation>Es kam kein Bild</translation>
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
    <name>Remedy</name>
    <message>
      <source>is “%1”</source>
      <translation>ist „%1“</translation>
    </message>
    <message>
      <source>It should be “%1”</source>
      <translation>Es sollte „%1“ sein</translation>
    </message>
    <message>
      <source>is missing</source>
      <translation>fehlt</translation>
    </message>
    <message>
      <source>Put it in</source>
      <translation>Einsetzen</translation>
    </message>
    <message>
      <source>%1 of %2 missing</source>
      <translation>%1 von %2 fehlen</translation>
    </message>
    <message>
      <source>Put in what is missing</source>
      <translation>Einsetzen, was fehlt</translation>
    </message>
    <message>
      <source>%1 too many</source>
      <translation>%1 zu viel</translation>
    </message>
    <message>
      <source>Take out what is extra</source>
      <translation>Herausnehmen, was zu viel ist</translation>
    </message>
    <message>
      <source>does not belong here</source>
      <translation>gehört nicht hierher</translation>
    </message>
    <message>
      <source>Take it out</source>
      <translation>Herausnehmen</translation>
    </message>
    <message>
      <source>Perhaps %1 found, %2 expected: see that it lies well</source>
      <translation>Vielleicht %1 gefunden, %2 erwartet: sehen, ob es gut liegt</translation>
    </message>
    <message>
      <source>The pictures did not agree: let it lie still</source>
      <translation>Die Bilder stimmten nicht überein: ruhig liegen lassen</translation>
    </message>
    <message>
      <source>not sure</source>
      <translation>unsicher</translation>
    </message>
  </context>
  <context>
    <name>SearchBar</name>
    <message>
      <source>This shift</source>
      <translation>Diese Schicht</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>Heute</translation>
    </message>
    <message>
      <source>7 days</source>
      <translation>7 Tage</translation>
    </message>
    <message>
      <source>Dates</source>
      <translation>Daten</translation>
    </message>
    <message>
      <source>Any verdict</source>
      <translation>Jedes Urteil</translation>
    </message>
    <message>
      <source>Any component</source>
      <translation>Jede Komponente</translation>
    </message>
    <message>
      <source>Serial number</source>
      <translation>Seriennummer</translation>
    </message>
    <message>
      <source>Verdict</source>
      <translation>Urteil</translation>
    </message>
    <message>
      <source>Component</source>
      <translation>Komponente</translation>
    </message>
    <message>
      <source>From</source>
      <translation>Von</translation>
    </message>
    <message>
      <source>To</source>
      <translation>Bis</translation>
    </message>
  </context>
  <context>
    <name>Searches</name>
    <message>
      <source>not searched yet</source>
      <translation>noch keine Suche</translation>
    </message>
    <message>
      <source>%1: %2 found</source>
      <translation>%1: %2 gefunden</translation>
    </message>
    <message>
      <source>%1: nothing found</source>
      <translation>%1: nichts gefunden</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>lässt sich nicht lesen</translation>
    </message>
    <message>
      <source>%1 to look at</source>
      <translation>%1 anzusehen</translation>
    </message>
    <message>
      <source>with two detectors</source>
      <translation>mit zwei Detektoren</translation>
    </message>
    <message>
      <source>by looks</source>
      <translation>nach dem Aussehen</translation>
    </message>
    <message>
      <source>not for %1</source>
      <translation>nicht nach %1</translation>
    </message>
    <message>
      <source>What contradicts the recordings</source>
      <translation>Was den Aufnahmen widerspricht</translation>
    </message>
    <message>
      <source>Negatives are searched for the component, and positives for where it is out of sight: by its looks, or thoroughly by two detectors. These learn for minutes, each from what the other one judges.</source>
      <translation>Negative werden nach der Komponente durchsucht, Positive danach, wo sie außer Sicht ist: nach ihrem Aussehen, oder gründlich mit zwei Detektoren. Diese lernen einige Minuten, jeder aus dem, was der andere beurteilt.</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>Suchen</translation>
    </message>
    <message>
      <source>Search thoroughly</source>
      <translation>Gründlich suchen</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>und %1 weitere</translation>
    </message>
  </context>
  <context>
    <name>Serial</name>
    <message>
      <source>Serial number</source>
      <translation>Seriennummer</translation>
    </message>
    <message>
      <source>Next serial number</source>
      <translation>Nächste Seriennummer</translation>
    </message>
  </context>
  <context>
    <name>SettingsPage</name>
    <message>
      <source>Unlock …</source>
      <translation>Entsperren …</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Speichern</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>Verwerfen</translation>
    </message>
    <message>
      <source>Outputs are being tried out. It is ended now.</source>
      <translation>Ausgänge werden ausprobiert. Das wird jetzt beendet.</translation>
    </message>
    <message>
      <source>Settings were changed and not saved.</source>
      <translation>Einstellungen wurden geändert und nicht gespeichert.</translation>
    </message>
    <message>
      <source>Who changes the settings?</source>
      <translation>Wer ändert die Einstellungen?</translation>
    </message>
    <message>
      <source>Who changes the people?</source>
      <translation>Wer ändert die Personen?</translation>
    </message>
    <message>
      <source>%1 may then do nothing at the station any more.</source>
      <translation>%1 darf dann nichts mehr an der Station.</translation>
    </message>
    <message>
      <source>Remove %1</source>
      <translation>%1 entfernen</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>The plant may act on what it is shown. Is the line stopped?</source>
      <translation>Das Werk kann auf das reagieren, was es sieht. Steht die Linie?</translation>
    </message>
    <message>
      <source>It is stopped</source>
      <translation>Sie steht</translation>
    </message>
    <message>
      <source>Saved. A station that runs takes it at its next start.</source>
      <translation>Gespeichert. Eine laufende Station übernimmt es beim nächsten Start.</translation>
    </message>
    <message>
      <source>The settings cannot be read</source>
      <translation>Die Einstellungen lassen sich nicht lesen</translation>
    </message>
    <message>
      <source>Ended before all signals were shown.</source>
      <translation>Beendet, bevor alle Signale gezeigt waren.</translation>
    </message>
    <message>
      <source>Save first: what is saved is tried out.</source>
      <translation>Zuerst speichern: ausprobiert wird, was gespeichert ist.</translation>
    </message>
    <message>
      <source>No output is switched on.</source>
      <translation>Kein Ausgang ist eingeschaltet.</translation>
    </message>
    <message>
      <source>Locked. Only for: %1</source>
      <translation>Gesperrt. Nur für: %1</translation>
    </message>
    <message>
      <source>Something is not in order: nothing is saved before it is.</source>
      <translation>Etwas ist nicht in Ordnung: vorher wird nichts gespeichert.</translation>
    </message>
    <message>
      <source>Changed and not saved</source>
      <translation>Geändert und nicht gespeichert</translation>
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
    <name>ShiftFigures</name>
    <message>
      <source>Per hour</source>
      <translation>Je Stunde</translation>
    </message>
    <message>
      <source>Per shift</source>
      <translation>Je Schicht</translation>
    </message>
    <message>
      <source>All in order</source>
      <translation>Alles in Ordnung</translation>
    </message>
    <message>
      <source>Nothing was found in this time that is not in order.</source>
      <translation>In dieser Zeit wurde nichts gefunden, was nicht in Ordnung ist.</translation>
    </message>
    <message>
      <source>Nothing inspected in this time</source>
      <translation>In dieser Zeit nichts geprüft</translation>
    </message>
    <message>
      <source>Choose a longer time, or take away a filter above.</source>
      <translation>Oben eine längere Zeit wählen oder einen Filter wegnehmen.</translation>
    </message>
    <message>
      <source>Of %1 alone.</source>
      <translation>Nur %1.</translation>
    </message>
    <message>
      <source>All verdicts count.</source>
      <translation>Alle Urteile zählen.</translation>
    </message>
    <message>
      <source>%1 more are outside.</source>
      <translation>%1 weitere liegen außerhalb.</translation>
    </message>
    <message>
      <source>All points are inside of the limits (mean ± 3 sigmas).</source>
      <translation>Alle Punkte liegen innerhalb der Grenzen (Mittel ± 3 Sigma).</translation>
    </message>
    <message>
      <source>The %1 stretches before these are not shown.</source>
      <translation>Die %1 Abschnitte davor sind nicht gezeigt.</translation>
    </message>
    <message>
      <source>%1: %2 % rejected, more than %3 %.</source>
      <translation>%1: %2 % Ausschuss, mehr als %3 %.</translation>
    </message>
    <message>
      <source>%1: %2 % rejected, less than %3 %.</source>
      <translation>%1: %2 % Ausschuss, weniger als %3 %.</translation>
    </message>
  </context>
  <context>
    <name>ShiftsSection</name>
    <message>
      <source>Shifts</source>
      <translation>Schichten</translation>
    </message>
    <message>
      <source>When shifts begin</source>
      <translation>Wann Schichten beginnen</translation>
    </message>
    <message>
      <source>Times of the day</source>
      <translation>Uhrzeiten</translation>
    </message>
    <message>
      <source>As 06:00, 14:00, 22:00, by the clock on the wall; empty: one at midnight</source>
      <translation>Wie 06:00, 14:00, 22:00, nach der Uhr an der Wand; leer: eine um Mitternacht</translation>
    </message>
  </context>
  <context>
    <name>ShootingPanel</name>
    <message>
      <source>Light</source>
      <translation>Licht</translation>
    </message>
    <message>
      <source>good</source>
      <translation>gut</translation>
    </message>
    <message>
      <source>Sharpness</source>
      <translation>Schärfe</translation>
    </message>
    <message>
      <source>sharp</source>
      <translation>scharf</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Stopp</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Aufnehmen</translation>
    </message>
    <message>
      <source>Esc</source>
      <translation>Esc</translation>
    </message>
    <message>
      <source>R</source>
      <translation>R</translation>
    </message>
    <message>
      <source>%1 views: enough</source>
      <translation>%1 Ansichten: genug</translation>
    </message>
    <message>
      <source>%1 views, and new ones come</source>
      <translation>%1 Ansichten, und neue kommen</translation>
    </message>
    <message>
      <source>%1 of %2 views</source>
      <translation>%1 von %2 Ansichten</translation>
    </message>
    <message>
      <source>%1 frames</source>
      <translation>%1 Bilder</translation>
    </message>
    <message>
      <source>%1 dropped</source>
      <translation>%1 verloren</translation>
    </message>
    <message>
      <source>Only %1 GB left on the disk</source>
      <translation>Nur noch %1 GB auf der Platte</translation>
    </message>
  </context>
  <context>
    <name>Sights</name>
    <message>
      <source>%1 missing</source>
      <translation>%1 fehlt</translation>
    </message>
    <message>
      <source>This workpiece</source>
      <translation>Dieses Werkstück</translation>
    </message>
    <message>
      <source>The last one that passed, %1</source>
      <translation>Das letzte, das bestand, %1</translation>
    </message>
    <message>
      <source>As it was taught</source>
      <translation>Wie es gelehrt wurde</translation>
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
    <name>StandingLook</name>
    <message>
      <source>Boxes</source>
      <translation>Rahmen</translation>
    </message>
    <message>
      <source>Empty</source>
      <translation>Leer</translation>
    </message>
    <message>
      <source>Ignored</source>
      <translation>Ausgelassen</translation>
    </message>
    <message>
      <source>Suggested</source>
      <translation>Vorschlag</translation>
    </message>
    <message>
      <source>Doubtful</source>
      <translation>Zweifelhaft</translation>
    </message>
    <message>
      <source>Contradicts</source>
      <translation>Widerspricht</translation>
    </message>
    <message>
      <source>Unlabeled</source>
      <translation>Unbeschriftet</translation>
    </message>
  </context>
  <context>
    <name>StationBar</name>
    <message>
      <source>Recipe</source>
      <translation>Rezept</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>Quelle</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>Start</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Stopp</translation>
    </message>
  </context>
  <context>
    <name>StationPage</name>
    <message>
      <source>Inspect now</source>
      <translation>Jetzt prüfen</translation>
    </message>
    <message>
      <source>Prove now</source>
      <translation>Probe starten</translation>
    </message>
    <message>
      <source>Tones</source>
      <translation>Töne</translation>
    </message>
    <message>
      <source>History and settings</source>
      <translation>Verlauf und Einstellungen</translation>
    </message>
    <message>
      <source>The station is stopped</source>
      <translation>Die Station ist angehalten</translation>
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
      <source>Put a good workpiece under the camera</source>
      <translation>Ein gutes Werkstück unter die Kamera legen</translation>
    </message>
    <message>
      <source>Put a bad workpiece under the camera</source>
      <translation>Ein schlechtes Werkstück unter die Kamera legen</translation>
    </message>
    <message>
      <source>It lies there</source>
      <translation>Es liegt dort</translation>
    </message>
    <message>
      <source>%1 frames/s    %2 ms    %3 skipped</source>
      <translation>%1 Bilder/s    %2 ms    %3 übersprungen</translation>
    </message>
  </context>
  <context>
    <name>StationSection</name>
    <message>
      <source>Station</source>
      <translation>Station</translation>
    </message>
    <message>
      <source>What it runs</source>
      <translation>Was sie ausführt</translation>
    </message>
    <message>
      <source>Recipe</source>
      <translation>Rezept</translation>
    </message>
    <message>
      <source>the first</source>
      <translation>das erste</translation>
    </message>
    <message>
      <source>Processor threads for the network</source>
      <translation>Prozessor-Threads für das Netz</translation>
    </message>
    <message>
      <source>From 1 to 256</source>
      <translation>Von 1 bis 256</translation>
    </message>
    <message>
      <source>the first with a GPU</source>
      <translation>die erste mit GPU</translation>
    </message>
    <message>
      <source>What trains</source>
      <translation>Was trainiert</translation>
    </message>
    <message>
      <source>When it proves itself, beside at its start</source>
      <translation>Wann sie sich beweist, außer beim Start</translation>
    </message>
    <message>
      <source>At these times</source>
      <translation>Zu diesen Zeiten</translation>
    </message>
    <message>
      <source>As 06:00, 14:00; none: at its start alone</source>
      <translation>Wie 06:00, 14:00; keine: nur beim Start</translation>
    </message>
    <message>
      <source>Hours after the last proof</source>
      <translation>Stunden nach dem letzten Beweis</translation>
    </message>
    <message>
      <source>Empty: never</source>
      <translation>Leer: nie</translation>
    </message>
    <message>
      <source>Who is there</source>
      <translation>Wer da ist</translation>
    </message>
    <message>
      <source>Seconds that somebody is there untouched</source>
      <translation>Sekunden, die jemand unberührt da ist</translation>
    </message>
    <message>
      <source>Whoever gave a PIN has to give it again after that</source>
      <translation>Wer eine PIN gab, muss sie danach wieder geben</translation>
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
      <source>Record each component once where it is there and once where it is not, train, and give its bundle to the station: on the pages of the bench, or with these commands.</source>
      <translation>Jede Komponente einmal aufnehmen, wo sie da ist, und einmal, wo sie fehlt, trainieren und ihr Bündel der Station geben: auf den Seiten der Werkbank oder mit diesen Befehlen.</translation>
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
    <name>StillPicture</name>
    <message>
      <source>Picture that decided</source>
      <translation>Bild, das entschied</translation>
    </message>
    <message>
      <source>This picture is no longer there.</source>
      <translation>Dieses Bild ist nicht mehr da.</translation>
    </message>
  </context>
  <context>
    <name>Stills</name>
    <message>
      <source>bad, but passed</source>
      <translation>schlecht, aber durchgelassen</translation>
    </message>
    <message>
      <source>“%1” is not as it must be, and it passed.</source>
      <translation>„%1“ ist nicht, wie es sein muss, und es kam durch.</translation>
    </message>
    <message>
      <source>good, but rejected</source>
      <translation>gut, aber abgelehnt</translation>
    </message>
    <message>
      <source>“%1” is as it must be, and it did not pass.</source>
      <translation>„%1“ ist, wie es sein muss, und es kam nicht durch.</translation>
    </message>
    <message>
      <source>%1 missed</source>
      <translation>%1 übersehen</translation>
    </message>
    <message>
      <source>Scores %1, counts from %2.</source>
      <translation>Erreicht %1, zählt ab %2.</translation>
    </message>
    <message>
      <source>“%1” was seen where it is not, with a score of %2.</source>
      <translation>„%1“ wurde gesehen, wo es nicht ist, mit einem Wert von %2.</translation>
    </message>
    <message>
      <source>That counts: it is reported.</source>
      <translation>Das zählt: es wird gemeldet.</translation>
    </message>
    <message>
      <source>That does not count: it takes %3.</source>
      <translation>Das zählt nicht: dazu braucht es %3.</translation>
    </message>
    <message>
      <source>lookalike</source>
      <translation>Doppelgänger</translation>
    </message>
    <message>
      <source>It is known as a lookalike.</source>
      <translation>Es ist als Doppelgänger bekannt.</translation>
    </message>
  </context>
  <context>
    <name>Tally</name>
    <message>
      <source>Counts</source>
      <translation>Zahlen</translation>
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
      <source>Since %1</source>
      <translation>Seit %1</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>Gesamt</translation>
    </message>
  </context>
  <context>
    <name>ThrownCard</name>
    <message>
      <source>deleted %1</source>
      <translation>gelöscht %1</translation>
    </message>
    <message>
      <source>Put back</source>
      <translation>Zurückholen</translation>
    </message>
    <message>
      <source>Put back %1</source>
      <translation>%1 zurückholen</translation>
    </message>
  </context>
  <context>
    <name>Timeline</name>
    <message>
      <source>Timeline of the recording</source>
      <translation>Zeitleiste der Aufnahme</translation>
    </message>
    <message>
      <source>Frame %1 of %2    %3</source>
      <translation>Bild %1 von %2    %3</translation>
    </message>
  </context>
  <context>
    <name>ToFix</name>
    <message>
      <source>What to fix</source>
      <translation>Was zu beheben ist</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>und %1 weitere</translation>
    </message>
  </context>
  <context>
    <name>Tones</name>
    <message>
      <source>No tone</source>
      <translation>Kein Ton</translation>
    </message>
    <message>
      <source>One high tone</source>
      <translation>Ein hoher Ton</translation>
    </message>
    <message>
      <source>One low tone</source>
      <translation>Ein tiefer Ton</translation>
    </message>
    <message>
      <source>Two tones, rising</source>
      <translation>Zwei Töne, steigend</translation>
    </message>
    <message>
      <source>Two tones, falling</source>
      <translation>Zwei Töne, fallend</translation>
    </message>
    <message>
      <source>The same tone twice</source>
      <translation>Derselbe Ton zweimal</translation>
    </message>
    <message>
      <source>Alarm</source>
      <translation>Alarm</translation>
    </message>
  </context>
  <context>
    <name>TonesCard</name>
    <message>
      <source>A tone for each verdict</source>
      <translation>Ein Ton für jedes Urteil</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Nothing can be heard on this machine: it has no sound card, or not what Qt needs to use it.</source>
      <translation>Auf diesem Rechner ist nichts zu hören: Er hat keine Soundkarte, oder ihm fehlt, was Qt dafür braucht.</translation>
    </message>
  </context>
  <context>
    <name>Tools</name>
    <message>
      <source>Next</source>
      <translation>Weiter</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>Enter</translation>
    </message>
    <message>
      <source>Reject</source>
      <translation>Verwerfen</translation>
    </message>
    <message>
      <source>Draw</source>
      <translation>Zeichnen</translation>
    </message>
    <message>
      <source>Draw a box</source>
      <translation>Einen Rahmen zeichnen</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Löschen</translation>
    </message>
    <message>
      <source>Del</source>
      <translation>Entf</translation>
    </message>
    <message>
      <source>Delete the chosen box</source>
      <translation>Den gewählten Rahmen löschen</translation>
    </message>
    <message>
      <source>To next</source>
      <translation>Kopieren</translation>
    </message>
    <message>
      <source>Copy the boxes to the next frame</source>
      <translation>Rahmen ins nächste Bild kopieren</translation>
    </message>
    <message>
      <source>Empty</source>
      <translation>Leer</translation>
    </message>
    <message>
      <source>None of it is in the frame</source>
      <translation>Nichts davon ist im Bild</translation>
    </message>
    <message>
      <source>Ignored</source>
      <translation>Auslassen</translation>
    </message>
    <message>
      <source>Leave the frame out: a hand, a blur</source>
      <translation>Das Bild auslassen: eine Hand, eine Unschärfe</translation>
    </message>
    <message>
      <source>Unknown</source>
      <translation>Offen</translation>
    </message>
    <message>
      <source>Take back what is known of it</source>
      <translation>Zurücknehmen, was davon bekannt ist</translation>
    </message>
    <message>
      <source>Take back</source>
      <translation>Zurücknehmen</translation>
    </message>
    <message>
      <source>Take the newest change back</source>
      <translation>Die neueste Änderung zurücknehmen</translation>
    </message>
    <message>
      <source>Make again</source>
      <translation>Wiederholen</translation>
    </message>
    <message>
      <source>Make again what was taken back</source>
      <translation>Zurückgenommenes wiederholen</translation>
    </message>
    <message>
      <source>Nearer</source>
      <translation>Näher</translation>
    </message>
    <message>
      <source>Farther</source>
      <translation>Weiter weg</translation>
    </message>
    <message>
      <source>The whole picture</source>
      <translation>Das ganze Bild</translation>
    </message>
    <message>
      <source>Boxes of</source>
      <translation>Rahmen von</translation>
    </message>
    <message>
      <source>The frame is</source>
      <translation>Das Bild ist</translation>
    </message>
    <message>
      <source>Right, next</source>
      <translation>Stimmt, weiter</translation>
    </message>
  </context>
  <context>
    <name>TrainPage</name>
    <message>
      <source>Teach</source>
      <translation>Lehren</translation>
    </message>
    <message>
      <source>Bundles</source>
      <translation>Bündel</translation>
    </message>
    <message>
      <source>Stations of “%1” run with this bundle from their next start. It is proved on this machine first.</source>
      <translation>Stationen von „%1“ laufen ab ihrem nächsten Start mit diesem Bündel. Zuvor wird es auf dieser Maschine erprobt.</translation>
    </message>
    <message>
      <source>Use %1 at the station: who are you?</source>
      <translation>%1 an der Station verwenden: Wer sind Sie?</translation>
    </message>
    <message>
      <source>Use it</source>
      <translation>Verwenden</translation>
    </message>
    <message>
      <source>Leave it</source>
      <translation>Lassen</translation>
    </message>
    <message>
      <source>Stations of “%1” run with the bundle before this one from their next start. This one is kept and can be used again.</source>
      <translation>Stationen von „%1“ laufen ab ihrem nächsten Start mit dem Bündel davor. Dieses bleibt und kann wieder verwendet werden.</translation>
    </message>
    <message>
      <source>Go back from %1 to the bundle before: who are you?</source>
      <translation>Von %1 zum vorigen Bündel zurück: Wer sind Sie?</translation>
    </message>
    <message>
      <source>Go back</source>
      <translation>Zurückgehen</translation>
    </message>
    <message>
      <source>Starting</source>
      <translation>Startet</translation>
    </message>
    <message>
      <source>The training of %1 was ended before its bundle was made. It can go on from where it was kept.</source>
      <translation>Das Training von %1 wurde beendet, bevor sein Bündel gemacht war. Es kann von dort weitergehen, wo es gesichert ist.</translation>
    </message>
    <message>
      <source>A training waits</source>
      <translation>Ein Training wartet</translation>
    </message>
    <message>
      <source>Ended early: what it had learned is kept.</source>
      <translation>Vorzeitig beendet: was gelernt war, bleibt.</translation>
    </message>
    <message>
      <source>The bundle is ready</source>
      <translation>Das Bündel ist fertig</translation>
    </message>
    <message>
      <source>Ended before there was anything to keep</source>
      <translation>Beendet, bevor es etwas zu behalten gab</translation>
    </message>
    <message>
      <source>The training was ended</source>
      <translation>Das Training wurde beendet</translation>
    </message>
    <message>
      <source>about %1 here</source>
      <translation>hier etwa %1</translation>
    </message>
    <message>
      <source>packing frames, %1 of %2</source>
      <translation>packt Bilder, %1 von %2</translation>
    </message>
    <message>
      <source>timing a few steps</source>
      <translation>misst ein paar Schritte</translation>
    </message>
    <message>
      <source>Never mind</source>
      <translation>Doch nicht</translation>
    </message>
    <message>
      <source>How long here?</source>
      <translation>Wie lange hier?</translation>
    </message>
    <message>
      <source>starting</source>
      <translation>startet</translation>
    </message>
    <message>
      <source>Proving it on this machine: picture %1 of %2</source>
      <translation>Es wird auf dieser Maschine erprobt: Bild %1 von %2</translation>
    </message>
    <message>
      <source>Proving it on this machine</source>
      <translation>Es wird auf dieser Maschine erprobt</translation>
    </message>
    <message>
      <source>Please note</source>
      <translation>Bitte beachten</translation>
    </message>
    <message>
      <source>Understood</source>
      <translation>Verstanden</translation>
    </message>
    <message>
      <source>Stations run with it from their next start.</source>
      <translation>Stationen laufen ab ihrem nächsten Start damit.</translation>
    </message>
    <message>
      <source>Cancelled: nothing changed.</source>
      <translation>Abgebrochen: nichts wurde geändert.</translation>
    </message>
    <message>
      <source>Bundles  %1</source>
      <translation>Bündel  %1</translation>
    </message>
    <message>
      <source>Another program is training “%1” in this workspace: wait until it has ended.</source>
      <translation>Ein anderes Programm trainiert „%1“ in diesem Arbeitsordner: warten Sie, bis es fertig ist.</translation>
    </message>
    <message>
      <source>No recipe yet</source>
      <translation>Noch kein Rezept</translation>
    </message>
    <message>
      <source>Make the first one on the page Recipes.</source>
      <translation>Legen Sie das erste auf der Seite Rezepte an.</translation>
    </message>
    <message>
      <source>This recipe cannot be read</source>
      <translation>Dieses Rezept lässt sich nicht lesen</translation>
    </message>
    <message>
      <source>Looking at what there is…</source>
      <translation>Schaut, was da ist …</translation>
    </message>
    <message>
      <source>What there is cannot be read</source>
      <translation>Was da ist, lässt sich nicht lesen</translation>
    </message>
    <message>
      <source>No bundle yet</source>
      <translation>Noch kein Bündel</translation>
    </message>
    <message>
      <source>A bundle is what a training makes and a station runs with. Teach one.</source>
      <translation>Ein Bündel ist, was ein Training macht und womit eine Station läuft. Lehren Sie eines.</translation>
    </message>
    <message>
      <source>A training of “%1” is running. It is ended now, and can go on when this page is opened again.</source>
      <translation>Ein Training von „%1“ läuft. Es wird jetzt beendet und kann weitergehen, wenn diese Seite wieder geöffnet wird.</translation>
    </message>
  </context>
  <context>
    <name>TrashLine</name>
    <message>
      <source>Put it back</source>
      <translation>Zurückholen</translation>
    </message>
    <message>
      <source>Empty the trash</source>
      <translation>Papierkorb leeren</translation>
    </message>
    <message>
      <source>In the trash</source>
      <translation>Im Papierkorb</translation>
    </message>
    <message>
      <source>%1, deleted %2</source>
      <translation>%1, gelöscht %2</translation>
    </message>
  </context>
  <context>
    <name>TrashList</name>
    <message>
      <source>No recording lies in the trash.</source>
      <translation>Keine Aufnahme liegt im Papierkorb.</translation>
    </message>
    <message>
      <source>Empty the trash</source>
      <translation>Papierkorb leeren</translation>
    </message>
    <message>
      <source>Delete these recordings for good? %1 of them lie in the trash, and cannot be put back then.</source>
      <translation>Diese Aufnahmen endgültig löschen? %1 davon liegen im Papierkorb und lassen sich dann nicht mehr zurückholen.</translation>
    </message>
    <message>
      <source>Delete them</source>
      <translation>Löschen</translation>
    </message>
    <message>
      <source>Keep them</source>
      <translation>Behalten</translation>
    </message>
  </context>
  <context>
    <name>Trial</name>
    <message>
      <source>Try each signal out</source>
      <translation>Jedes Signal ausprobieren</translation>
    </message>
    <message>
      <source>End</source>
      <translation>Beenden</translation>
    </message>
    <message>
      <source>Begin</source>
      <translation>Beginnen</translation>
    </message>
    <message>
      <source>Each signal is shown for three seconds. A PLC may act on it: stop the line and the station first.</source>
      <translation>Jedes Signal wird drei Sekunden gezeigt. Eine SPS kann darauf reagieren: zuerst Linie und Station anhalten.</translation>
    </message>
    <message>
      <source>Waiting until the outputs listen …</source>
      <translation>Warten, bis die Ausgänge hören …</translation>
    </message>
    <message>
      <source>The plant asks over %1: %2</source>
      <translation>Das Werk fragt über %1: %2</translation>
    </message>
    <message>
      <source>%1: no fault</source>
      <translation>%1: kein Fehler</translation>
    </message>
    <message>
      <source>All signals were shown.</source>
      <translation>Alle Signale wurden gezeigt.</translation>
    </message>
  </context>
  <context>
    <name>TriggersSection</name>
    <message>
      <source>Triggers</source>
      <translation>Auslöser</translation>
    </message>
    <message>
      <source>What asks for an inspection, beside the key and the plant</source>
      <translation>Was eine Prüfung verlangt, außer Taste und Werk</translation>
    </message>
    <message>
      <source>One every so many seconds</source>
      <translation>Alle so viele Sekunden eine</translation>
    </message>
    <message>
      <source>Empty: no timer</source>
      <translation>Leer: keine Uhr</translation>
    </message>
    <message>
      <source>One for each file in this folder</source>
      <translation>Eine für jede Datei in diesem Ordner</translation>
    </message>
    <message>
      <source>Empty: no folder</source>
      <translation>Leer: kein Ordner</translation>
    </message>
    <message>
      <source>the file's name</source>
      <translation>der Name der Datei</translation>
    </message>
    <message>
      <source>the file's first line</source>
      <translation>die erste Zeile der Datei</translation>
    </message>
    <message>
      <source>The serial number is</source>
      <translation>Die Seriennummer ist</translation>
    </message>
    <message>
      <source>Pictures so soon after a trigger do not count</source>
      <translation>Bilder so bald nach einem Auslöser zählen nicht</translation>
    </message>
    <message>
      <source>Seconds before a picture counts</source>
      <translation>Sekunden, bevor ein Bild zählt</translation>
    </message>
    <message>
      <source>A scanner that types serial numbers</source>
      <translation>Ein Scanner, der Seriennummern tippt</translation>
    </message>
    <message>
      <source>What it types before each</source>
      <translation>Was er vor jeder tippt</translation>
    </message>
    <message>
      <source>What it types after each</source>
      <translation>Was er nach jeder tippt</translation>
    </message>
    <message>
      <source>Characters of the shortest number</source>
      <translation>Zeichen der kürzesten Nummer</translation>
    </message>
    <message>
      <source>Longest pause between two keys, in seconds</source>
      <translation>Längste Pause zwischen zwei Tasten, in Sekunden</translation>
    </message>
    <message>
      <source>After that, what was scanned is of no workpiece any more</source>
      <translation>Danach gehört das Gescannte zu keinem Werkstück mehr</translation>
    </message>
    <message>
      <source>Seconds that a scanned number waits</source>
      <translation>Sekunden, die eine gescannte Nummer wartet</translation>
    </message>
  </context>
  <context>
    <name>Underway</name>
    <message>
      <source>%1 left</source>
      <translation>noch %1</translation>
    </message>
  </context>
  <context>
    <name>ValidatePage</name>
    <message>
      <source>Bundle</source>
      <translation>Bündel</translation>
    </message>
    <message>
      <source>The next training is taught that these are not the component</source>
      <translation>Dem nächsten Training wird gelehrt, dass dies nicht die Komponente ist</translation>
    </message>
    <message>
      <source>Judged wrong</source>
      <translation>Falsch beurteilt</translation>
    </message>
    <message>
      <source>Seen where nothing is</source>
      <translation>Gesehen, wo nichts ist</translation>
    </message>
    <message>
      <source>Starting</source>
      <translation>Startet</translation>
    </message>
    <message>
      <source>What was seen in these pictures (%1) is not the component, you say: the next training learns it as a lookalike.</source>
      <translation>Was in diesen Bildern (%1) gesehen wurde, ist nicht die Komponente, sagen Sie: das nächste Training lernt es als Doppelgänger.</translation>
    </message>
    <message>
      <source>Take them</source>
      <translation>Übernehmen</translation>
    </message>
    <message>
      <source>Leave them</source>
      <translation>Lassen</translation>
    </message>
    <message>
      <source>in use</source>
      <translation>in Verwendung</translation>
    </message>
    <message>
      <source>not validated yet</source>
      <translation>noch nicht geprüft</translation>
    </message>
    <message>
      <source>frame %1 of %2</source>
      <translation>Bild %1 von %2</translation>
    </message>
    <message>
      <source>empty frame %1 of %2</source>
      <translation>leeres Bild %1 von %2</translation>
    </message>
    <message>
      <source>%1 taken as lookalikes: train again.</source>
      <translation>%1 als Doppelgänger übernommen: trainieren Sie erneut.</translation>
    </message>
    <message>
      <source>Cancelled: nothing was taken.</source>
      <translation>Abgebrochen: nichts wurde übernommen.</translation>
    </message>
    <message>
      <source>Validate again</source>
      <translation>Erneut prüfen</translation>
    </message>
    <message>
      <source>Validate</source>
      <translation>Prüfen</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Judged wrong  %1</source>
      <translation>Falsch beurteilt  %1</translation>
    </message>
    <message>
      <source>Seen where nothing is  %1</source>
      <translation>Gesehen, wo nichts ist  %1</translation>
    </message>
    <message>
      <source>Every frame was judged right</source>
      <translation>Jedes Bild wurde richtig beurteilt</translation>
    </message>
    <message>
      <source>More frames say more: record another video.</source>
      <translation>Mehr Bilder sagen mehr: nehmen Sie ein weiteres Video auf.</translation>
    </message>
    <message>
      <source>Nothing was seen where nothing is</source>
      <translation>Wo nichts ist, wurde nichts gesehen</translation>
    </message>
    <message>
      <source>Take %1 as lookalikes</source>
      <translation>%1 als Doppelgänger übernehmen</translation>
    </message>
    <message>
      <source>Take as lookalikes</source>
      <translation>Als Doppelgänger übernehmen</translation>
    </message>
    <message>
      <source>No recipe yet</source>
      <translation>Noch kein Rezept</translation>
    </message>
    <message>
      <source>Make the first one on the page Recipes.</source>
      <translation>Legen Sie das erste auf der Seite Rezepte an.</translation>
    </message>
    <message>
      <source>Looking at what there is…</source>
      <translation>Schaut, was da ist …</translation>
    </message>
    <message>
      <source>A validation shows what a bundle does. Make the first one on the page Train.</source>
      <translation>Eine Prüfung zeigt, was ein Bündel leistet. Machen Sie das erste auf der Seite Trainieren.</translation>
    </message>
    <message>
      <source>No bundle yet</source>
      <translation>Noch kein Bündel</translation>
    </message>
    <message>
      <source>It takes every annotated frame that this bundle never learned from, and counts what it does.</source>
      <translation>Es nimmt jedes beschriftete Bild, aus dem dieses Bündel nie gelernt hat, und zählt, was es tut.</translation>
    </message>
    <message>
      <source>Not validated yet</source>
      <translation>Noch nicht geprüft</translation>
    </message>
    <message>
      <source>Lookalikes are being taken. That is ended now.</source>
      <translation>Doppelgänger werden übernommen. Das wird jetzt beendet.</translation>
    </message>
    <message>
      <source>A validation is running. It is ended now.</source>
      <translation>Eine Prüfung des Bündels läuft. Sie wird jetzt beendet.</translation>
    </message>
  </context>
  <context>
    <name>VerdictAnswer</name>
    <message>
      <source>Was it right?</source>
      <translation>War es richtig?</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>Ja</translation>
    </message>
    <message>
      <source>No, it was wrong …</source>
      <translation>Nein, es war falsch …</translation>
    </message>
    <message>
      <source>Say so</source>
      <translation>So sagen</translation>
    </message>
    <message>
      <source>Why was it wrong?</source>
      <translation>Warum war es falsch?</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Zurück</translation>
    </message>
    <message>
      <source>Nobody has said so far. An answer stands beside the record, which stays as it is.</source>
      <translation>Bisher hat niemand etwas gesagt. Eine Antwort steht neben der Aufzeichnung, die bleibt, wie sie ist.</translation>
    </message>
    <message>
      <source>Operators may: it asks for your PIN</source>
      <translation>Bediener dürfen: fragt nach der PIN</translation>
    </message>
    <message>
      <source>It was in order</source>
      <translation>Es war in Ordnung</translation>
    </message>
    <message>
      <source>It was not in order</source>
      <translation>Es war nicht in Ordnung</translation>
    </message>
    <message>
      <source>Another component was wrong</source>
      <translation>Eine andere Komponente war falsch</translation>
    </message>
    <message>
      <source>The picture shows something else</source>
      <translation>Das Bild zeigt etwas anderes</translation>
    </message>
    <message>
      <source>%1, %2: it was right</source>
      <translation>%1, %2: es war richtig</translation>
    </message>
    <message>
      <source>%1, %2: it was wrong. %3</source>
      <translation>%1, %2: es war falsch. %3</translation>
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
    <name>Viewer</name>
    <message>
      <source>The one before</source>
      <translation>Das davor</translation>
    </message>
    <message>
      <source>The next one</source>
      <translation>Das nächste</translation>
    </message>
    <message>
      <source>All pictures</source>
      <translation>Alle Bilder</translation>
    </message>
  </context>
  <context>
    <name>Viewfinder</name>
    <message>
      <source>Picture of the camera</source>
      <translation>Bild der Kamera</translation>
    </message>
    <message>
      <source>Recording: %1</source>
      <translation>Aufnahme: %1</translation>
    </message>
    <message>
      <source>RECORDING</source>
      <translation>AUFNAHME</translation>
    </message>
  </context>
  <context>
    <name>Viewpoints</name>
    <message>
      <source>Camera</source>
      <translation>Kamera</translation>
    </message>
    <message>
      <source>Camera %1: %2</source>
      <translation>Kamera %1: %2</translation>
    </message>
    <message>
      <source>Camera %1</source>
      <translation>Kamera %1</translation>
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
      <source>When asked</source>
      <translation>Auf Verlangen</translation>
    </message>
    <message>
      <source>Once per workpiece</source>
      <translation>Einmal je Werkstück</translation>
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
  <context>
    <name>Wishes</name>
    <message>
      <source>Kind of detector</source>
      <translation>Art des Detektors</translation>
    </message>
    <message>
      <source>Backbone: what reads the picture</source>
      <translation>Rückgrat: was das Bild liest</translation>
    </message>
    <message>
      <source>Second look at each detection</source>
      <translation>Zweiter Blick auf jeden Fund</translation>
    </message>
    <message>
      <source>Most minutes</source>
      <translation>Höchstens Minuten</translation>
    </message>
    <message>
      <source>Rounds with what fools it, at most</source>
      <translation>Runden mit dem, was es täuscht, höchstens</translation>
    </message>
    <message>
      <source>Seed: the same gives the same again</source>
      <translation>Startzahl: dieselbe ergibt dasselbe</translation>
    </message>
    <message>
      <source>as the preset says</source>
      <translation>wie die Vorgabe sagt</translation>
    </message>
    <message>
      <source>as long as it takes</source>
      <translation>so lange es dauert</translation>
    </message>
  </context>
  <context>
    <name>Working</name>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
  </context>
</TS>
