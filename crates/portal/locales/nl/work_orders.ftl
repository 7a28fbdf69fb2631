work-orders = Vragen aan de netwerken
work-orders-lead = Wat de netwerken moeten doen, wat ze antwoordden en wat op iemand wacht.
work-stuck = Te bekijken
work-open = Onderweg
work-over = Afgelopen
work-none = Niets hier.
work-what = Vraag
work-since = Sinds
work-activate = In dienst nemen
work-modify = Diensten wijzigen
work-suspend = Opschorten
work-reactivate = Heractiveren
work-swap = Simkaart wisselen
work-end = Beëindigen
work-waiting = Het netwerk gaat open op { $value }
work-ready = Wordt verzonden
work-pause = Nieuwe poging op { $value }
work-sent = { $count ->
    [one] Eén keer verzonden, nog geen antwoord
   *[other] { $number } keer verzonden, nog geen antwoord
 }
work-accepted = Aanvaard door het netwerk
work-withdrawing = Wordt ingetrokken
work-done = Gedaan
work-refused = Geweigerd: { $value }
work-unanswered = Zonder antwoord
work-cancelled = Ingetrokken
work-retry = Opnieuw verzenden
work-cancel = Intrekken
work-cancel-lead = Het netwerk wordt gevraagd de vraag te vergeten. Is ze al uitgevoerd, dan verandert de lijn toch.
work-cancel-yes = Ja, vraag intrekken
work-late = Dat kon niet meer: de vraag is intussen veranderd.
