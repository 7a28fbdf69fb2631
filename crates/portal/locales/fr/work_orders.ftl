work-orders = Demandes aux réseaux
work-orders-lead = Ce que les réseaux doivent faire, ce qu'ils ont répondu, et ce qui attend quelqu'un.
work-stuck = À regarder
work-open = En cours
work-over = Terminées
work-none = Rien ici.
work-what = Demande
work-since = Depuis
work-activate = Mettre en service
work-modify = Changer les services
work-suspend = Suspendre
work-reactivate = Réactiver
work-swap = Changer la carte SIM
work-end = Résilier
work-waiting = Le réseau ouvre le { $value }
work-ready = Va être envoyée
work-pause = Nouvel essai le { $value }
work-sent = { $count ->
    [one] Envoyée { $number } fois, sans réponse
   *[other] Envoyée { $number } fois, sans réponse
 }
work-accepted = Acceptée par le réseau
work-withdrawing = Retrait demandé
work-done = Faite
work-refused = Refusée : { $value }
work-unanswered = Sans réponse
work-cancelled = Retirée
work-retry = Renvoyer
work-cancel = Retirer
work-cancel-lead = Le réseau est prié d'oublier la demande. S'il l'a déjà exécutée, la ligne change quand même.
work-cancel-yes = Oui, retirer la demande
work-late = Ce n'était plus possible : la demande a changé entre-temps.
