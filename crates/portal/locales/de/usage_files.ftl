### Nutzungsdateien

usage-files-lead = Was die Netze übermittelt haben und was nicht gelesen werden konnte.
usage-files-none = Noch keine Dateien empfangen
usage-file = Datei
layout = Format
taken-in = Empfangen
taken-in-at = Empfangen { $value }
records = Datensätze
duplicates = Doppelte
set-aside = Ausgesondert
rows-set-aside = Ausgesonderte Zeilen
set-aside-none = Keine Zeile ausgesondert
row = Zeile
reason = Grund
raw = Inhalt
file-reading = Wird gelesen
file-done = Verarbeitet
file-failed = Abgebrochen
file-waiting = Wartet

## Eine Datei einreichen
upload-title = Datei einreichen
upload-choose-layout = Format wählen
upload-send = Einreichen
upload-hint = Unverändert oder komprimiert (gzip, zstd), höchstens { $value }. Eine Datei, die schon verarbeitet ist, zählt nicht doppelt.
upload-received = „{ $value }“ ist eingegangen. Die Datei erscheint in der Liste, sobald sie gelesen wird.
upload-no-file = Wählen Sie eine Datei.
upload-empty = Diese Datei ist leer. Wählen Sie eine andere.
upload-unknown-layout = Wählen Sie das Format der Datei aus der Liste.
upload-too-large = Diese Datei ist zu groß: höchstens { $value }. Komprimieren Sie sie oder reichen Sie sie in Teilen ein.
refused-files = Abgelehnte Dateien
dismiss = Nicht mehr anzeigen

## Ausgesonderte Zeilen erneut verarbeiten
aside-filter = Gründe
aside-open = Noch offen
aside-taken = Nachgeholt
aside-all-done = Alle ausgesonderten Zeilen sind nachgeholt
actions = Aktionen
take-again = Erneut verarbeiten
take-all-again = { $count ->
    [one] Diese Zeile erneut verarbeiten
   *[other] Alle { $number } Zeilen erneut verarbeiten
 }
correct = Korrigieren
correct-row = Zeile { $value } der Datei korrigieren
row-number = Zeile { $value }
row-text = Text der Zeile
take-corrected = Korrigierte Zeile verarbeiten
taken-again-at = Nachgeholt { $value }
again-taken = { $count ->
    [one] { $number } Zeile wurde nachgeholt.
   *[other] { $number } Zeilen wurden nachgeholt.
 }
again-aside = { $count ->
    [one] { $number } Zeile bleibt ausgesondert.
   *[other] { $number } Zeilen bleiben ausgesondert.
 }
again-cut = { $count ->
    [one] { $number } Zeile wurde nicht vollständig aufbewahrt: Bitte ergänzen Sie sie.
   *[other] { $number } Zeilen wurden nicht vollständig aufbewahrt: Bitte ergänzen Sie sie.
 }
again-still-aside = Zeile { $row } bleibt ausgesondert. Grund: „{ $reason }“.
again-nothing = Diese Zeile ist schon verarbeitet.
again-blank = Geben Sie den Text der Zeile ein.
again-too-long = Dieser Text ist zu lang für eine Zeile. Kürzen Sie ihn.
again-row-cut = Diese Zeile wurde nicht vollständig aufbewahrt: Ergänzen Sie ihren Text und verarbeiten Sie die korrigierte Zeile.
again-not-readable = Diese Zeile kann nicht allein verarbeitet werden: Die Kopfzeile ihrer Datei wurde nicht aufbewahrt, oder ihr Format gibt es nicht mehr. Reichen Sie sie mit ihrer Kopfzeile in einer neuen Datei ein.
again-busy = Für diesen Betreiber läuft gerade ein anderer Import. Es wurde nichts geändert: Versuchen Sie es gleich noch einmal.

## Gründe
aside-unreadable = Unlesbare Zeile
aside-wrong-column-count = Unerwartete Zahl von Spalten
aside-bad-number = Ungültige Nummer
aside-no-line = Kein Anschluss angegeben
aside-bad-time = Ungültiges Datum oder ungültige Uhrzeit
aside-bad-quantity = Ungültige Menge
aside-unknown-kind = Unbekannte Art der Nutzung
aside-unknown-direction = Unbekannte Richtung
aside-bad-visited = Ungültiges besuchtes Netz oder Land
aside-unknown-access = Unbekannte Art des Zugangs
aside-not-answered = Nicht angenommener Anruf
aside-too-many-legs = Anruf mit zu vielen Abschnitten
aside-unknown-line = Nummer beim Betreiber unbekannt
aside-from-the-future = Datum in der Zukunft
aside-unknown-destination = Unbekanntes Ziel
aside-unknown-network = Unbekanntes besuchtes Netz
aside-before-start = Vor der Inbetriebnahme
aside-after-end = Nach der Kündigung
aside-not-allowed = Nutzung, die der Tarif nicht vorsieht
aside-not-in-catalogue = Tarif oder Option nicht im Katalog
aside-too-large = Übermäßige Menge
aside-other = Anderer Grund
