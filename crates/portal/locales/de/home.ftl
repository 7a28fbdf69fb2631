### Die Übersicht

greeting = Guten Tag, { $value }
data-until = Stand: { $value }
data-none = Noch keine Nutzung empfangen
your-lines = Ihre Anschlüsse
lines-in-all = { $count ->
    [one] { $number } Anschluss
   *[other] { $number } Anschlüsse
 }
states-in-progress = In Bearbeitung
states-active = Aktiv
states-suspended = Gesperrt
states-ending = Werden beendet
states-ended = Beendet
data-over-month = Daten, { $value }
same-days-before = { $value } in den gleichen Tagen des Vormonats
out-of-bundle-by-day = Zusatzkosten nach Tagen
attention-title = Zu beachten
attention-count = { $count ->
    [one] { $number } Anschluss
   *[other] { $number } Anschlüsse
 }
attention-none = Diesen Monat nichts zu melden
all-out-of-bundle = Alle Anschlüsse mit Zusatzkosten
concern-allowance = { $value } der Daten
concern-out-of-bundle = { $value } Zusatzkosten
lines-by-offer = Anschlüsse nach Tarif
column-day = Tag
calls-made = Abgehende Anrufe
