work-orders = Anfragen an die Netze
work-orders-lead = Was die Netze tun sollen, was sie geantwortet haben und was auf jemanden wartet.
work-stuck = Zu prüfen
work-open = In Arbeit
work-over = Erledigt
work-none = Nichts hier.
work-what = Anfrage
work-since = Seit
work-activate = In Betrieb nehmen
work-modify = Dienste ändern
work-suspend = Sperren
work-reactivate = Entsperren
work-swap = SIM tauschen
work-end = Beenden
work-waiting = Das Netz öffnet am { $value }
work-ready = Wird gesendet
work-pause = Neuer Versuch am { $value }
work-sent = { $count ->
    [one] Einmal gesendet, noch keine Antwort
   *[other] { $number }-mal gesendet, noch keine Antwort
 }
work-accepted = Vom Netz angenommen
work-withdrawing = Wird zurückgenommen
work-done = Erledigt
work-refused = Abgelehnt: { $value }
work-unanswered = Ohne Antwort
work-cancelled = Zurückgenommen
work-retry = Erneut senden
work-cancel = Zurücknehmen
work-cancel-lead = Das Netz wird gebeten, die Anfrage zu vergessen. Hat es sie schon erledigt, ändert sich der Anschluss trotzdem.
work-cancel-yes = Ja, Anfrage zurücknehmen
work-late = Das war nicht mehr möglich: Die Anfrage hat sich inzwischen geändert.
