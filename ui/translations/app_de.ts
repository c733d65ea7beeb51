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
      <source>Nobody has said yet where it is: draw its box with W.</source>
      <translation>Noch niemand hat gesagt, wo es ist: mit W einen Rahmen ziehen.</translation>
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
      <source>This recording should show “%1”, yet it seems out of sight here. Is it there?</source>
      <translation>Diese Aufnahme soll „%1“ zeigen, doch hier scheint es nicht zu sehen zu sein. Ist es da?</translation>
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
    <name>Indicator</name>
    <message>
      <source>State of the station</source>
      <translation>Zustand der Station</translation>
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
    <name>LabelPage</name>
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
      <source>%1 of %2 done</source>
      <translation>%1 von %2 erledigt</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>A detector learns for minutes from the frames that are confirmed, and proposes the rest.</source>
      <translation>Ein Detektor lernt einige Minuten aus den bestätigten Bildern und schlägt den Rest vor.</translation>
    </message>
    <message>
      <source>Once %1 frames with boxes are confirmed (now %2), a detector can propose the rest.</source>
      <translation>Sobald %1 Bilder mit Rahmen bestätigt sind (jetzt %2), kann ein Detektor den Rest vorschlagen.</translation>
    </message>
    <message>
      <source>This recipe cannot be read</source>
      <translation>Dieses Rezept lässt sich nicht lesen</translation>
    </message>
    <message>
      <source>No recipe yet</source>
      <translation>Noch kein Rezept</translation>
    </message>
    <message>
      <source>Make one on the page of the recipes, then record it.</source>
      <translation>Legen Sie eines auf der Seite der Rezepte an, dann nehmen Sie es auf.</translation>
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
      <source>This recording cannot be labeled</source>
      <translation>Diese Aufnahme lässt sich nicht beschriften</translation>
    </message>
    <message>
      <source>This picture cannot be shown</source>
      <translation>Dieses Bild lässt sich nicht zeigen</translation>
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
    <message>
      <source>Frames are being taken, or boxes proposed.</source>
      <translation>Es werden Bilder entnommen oder Rahmen vorgeschlagen.</translation>
    </message>
    <message>
      <source>Some of what you said of frames is not written yet.</source>
      <translation>Einiges, was Sie von Bildern gesagt haben, ist noch nicht geschrieben.</translation>
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
      <source>Suggested, waiting</source>
      <translation>Vorgeschlagen, wartet</translation>
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
      <source>Proposing boxes</source>
      <translation>Schlägt Rahmen vor</translation>
    </message>
    <message>
      <source>Looking for contradictions</source>
      <translation>Sucht Widersprüche</translation>
    </message>
    <message>
      <source>Boxes are proposed for %1 frames. Look at each, and press Enter where they are right.</source>
      <translation>Für %1 Bilder sind Rahmen vorgeschlagen. Sehen Sie jedes an, und drücken Sie Enter, wo sie stimmen.</translation>
    </message>
    <message>
      <source>No boxes can be proposed from what is known. What is said of this frame helps most.</source>
      <translation>Aus dem Bekannten lassen sich keine Rahmen vorschlagen. Am meisten hilft, was Sie von diesem Bild sagen.</translation>
    </message>
    <message>
      <source>Frames that seem to contradict what was said of their recordings: %1. Look at them.</source>
      <translation>Bilder, die dem zu widersprechen scheinen, was zu ihren Aufnahmen gesagt wurde: %1. Bitte ansehen.</translation>
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
      <source>No recipe yet</source>
      <translation>Noch kein Rezept</translation>
    </message>
    <message>
      <source>Make one on the page of the recipes; then record it here.</source>
      <translation>Legen Sie eines auf der Seite der Rezepte an; dann nehmen Sie es hier auf.</translation>
    </message>
    <message>
      <source>Drop it to import it</source>
      <translation>Loslassen, um zu importieren</translation>
    </message>
    <message>
      <source>There is no picture</source>
      <translation>Es gibt kein Bild</translation>
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
    <name>ShootingPanel</name>
    <message>
      <source>Light</source>
      <translation>Hell</translation>
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
      <source>Waiting</source>
      <translation>Wartend</translation>
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
    <name>StillPicture</name>
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
      <source>Go back</source>
      <translation>Zurückgehen</translation>
    </message>
    <message>
      <source>The bundle is being proved on this machine…</source>
      <translation>Das Bündel wird auf dieser Maschine erprobt …</translation>
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
      <source>Stations run with it from their next start.</source>
      <translation>Stationen laufen ab ihrem nächsten Start damit.</translation>
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
      <source>“%1” lies in the trash.</source>
      <translation>„%1“ liegt im Papierkorb.</translation>
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
      <source>A validation is running. It is ended now.</source>
      <translation>Eine Prüfung des Bündels läuft. Sie wird jetzt beendet.</translation>
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
</TS>
