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
