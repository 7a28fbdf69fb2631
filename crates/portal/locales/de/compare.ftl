### Was andere Tarife gekostet hätten

comparison-lead = Was die Anschlüsse in den letzten drei Monaten mit jedem möglichen Tarif gekostet hätten.
comparison-all-lines = Alle Anschlüsse
comparison-customer-hint = Geben Sie die Kundennummer oder den genauen Namen eines Kunden ein, oder lassen Sie das Feld leer, um alle Anschlüsse zu berechnen.
comparison-begin = Berechnung starten
comparison-again = Neu berechnen
comparison-stop = Anhalten
comparison-waiting = Die Berechnung beginnt gleich
comparison-running = Berechnung läuft
comparison-progress = { $count ->
    [one] { $done } von { $number } Anschluss ({ $share })
   *[other] { $done } von { $number } Anschlüssen ({ $share })
 }
comparison-of = Kunde: { $value }.
comparison-leave = Sie können diese Seite verlassen: Die Berechnung läuft weiter, und ihr Ergebnis bleibt eine Stunde verfügbar.
comparison-stopped = Die Berechnung wurde angehalten.
comparison-failed = Die Berechnung ist fehlgeschlagen. Starten Sie sie erneut; bleibt die Störung bestehen, nennen Sie dem Support die Referenz { $value }.
comparison-unknown-customer = Kein Kunde hat diesen Namen oder diese Kundennummer.
comparison-several-customers = Mehrere Kunden haben diesen Namen: Geben Sie die Kundennummer ein.
comparison-busy = Es laufen zu viele Berechnungen. Versuchen Sie es in einigen Minuten erneut.
comparison-at = Berechnet { $value }
comparison-verdict = { $count ->
    [one] { $number } Anschluss hätte mit einem anderen Tarif { $saving } weniger pro Monat gekostet
   *[other] { $number } Anschlüsse hätten mit einem anderen Tarif zusammen { $saving } weniger pro Monat gekostet
 }
comparison-all-well = Jeder Anschluss hat bereits den günstigsten Tarif für seine Nutzung
comparison-now = Kosten mit den jetzigen Tarifen
comparison-then = Kosten mit den besten Tarifen
comparison-saving = Ersparnis
comparison-lines = Verglichene Anschlüsse
comparison-well = Bereits im besten Tarif
comparison-passed-over = { $count ->
    [one] { $number } Anschluss wurde nicht verglichen: Sein Tarif steht nicht mehr im Katalog.
   *[other] { $number } Anschlüsse wurden nicht verglichen: Ihr Tarif steht nicht mehr im Katalog.
 }
comparison-savings = Anschlüsse, für die sich ein Wechsel lohnt
comparison-largest = Die { $value } größten Ersparnisse
comparison-cheapest = Bester Tarif
comparison-cost = Kosten
comparison-would-cost = Hätte gekostet

## Änderung des Katalogs
draft-title = Preisänderung simulieren
draft-lead = Was eine Änderung des Katalogs in den letzten drei Monaten eingebracht oder gekostet hätte. Es wird nichts geändert.
draft-change = Geänderter Katalog
draft-files = Geänderte Dateien
draft-hint = Wählen Sie nur die Dateien, die Sie geändert haben, zusammen höchstens { $value }; alle anderen bleiben die des gültigen Katalogs.
draft-file-names = Mögliche Namen:
draft-begin = Prüfen und berechnen
draft-no-file = Wählen Sie mindestens eine Datei.
draft-too-many-files = Das sind mehr Dateien, als ein Katalog hat. Wählen Sie nur die, die Sie geändert haben.
draft-too-large = Diese Dateien sind zu groß: zusammen höchstens { $value }.
draft-faults = { $count ->
    [one] { $number } Fehler zu beheben
   *[other] { $number } Fehler zu beheben
 }
draft-faults-caption = Fehler mit Datei, Zeile und Feld
draft-not-begun = Die Berechnung wurde nicht gestartet.
draft-more-faults = { $count ->
    [one] Und { $number } weiterer Fehler
   *[other] Und { $number } weitere Fehler
 }
draft-fault-line = Zeile
draft-fault-field = Feld
draft-would-earn = Diese Änderung hätte { $value } pro Monat eingebracht
draft-would-cost = Diese Änderung hätte { $value } pro Monat gekostet
draft-changes-nothing = Diese Änderung hätte insgesamt nichts geändert
draft-in-force = Gültiger Katalog
draft-drafted = Geänderter Katalog
draft-by-offer = Unterschied nach Tarif
draft-serves-less = Ein Teil der Nutzung würde gesperrt, gedrosselt oder abgelehnt
