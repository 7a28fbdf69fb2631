### Was für einen Anschluss in Betrieb verlangt wird

doing-activate = Inbetriebnahme
doing-suspend = Sperre
doing-reactivate = Aufhebung der Sperre
doing-end = Kündigung
doing-plan = Wechsel zu { $value }
doing-capped = Stopp am Ende des Inklusivvolumens
doing-uncapped = Langsamer am Ende des Inklusivvolumens, ohne Stopp
doing-add = Neu: { $value }
doing-replace = { $to } anstelle von { $from }
doing-leave = Beendet: { $value }
doing-cutoff = { $name }: { $value }
doing-swap = SIM-Wechsel
doing-other = Änderung des Anschlusses
choice-capped = Stopp am Ende des Inklusivvolumens
choice-uncapped = Langsamer am Ende des Inklusivvolumens
act-suspend = Anschluss sperren
act-reactivate = Sperre aufheben
act-plan = Tarif wechseln
act-capping = Wählen, was am Ende des Inklusivvolumens geschieht
act-option = Option hinzufügen
act-block = Nutzung sperren
act-replace = Option ersetzen
act-leave = Option beenden
act-cutoff = Obergrenze ändern
act-sim = SIM wechseln
act-end = Anschluss kündigen
act-lost = Telefon verloren oder gestohlen
acts = Was Sie tun können
services = Leistungen und Aktionen
services-monthly = { $value } im Monat, ohne MwSt.
a-month = im Monat
once = einmalig
since = seit { $value }
replace = Ersetzen
end-option = Beenden
change = Ändern
ended-options = Frühere Optionen
planned = Geplant
planned-for = Gilt ab { $value }
take-back = Zurücknehmen
underway-closed = Das Netz ist geschlossen und beginnt damit ab { $value }.
underway-telling = Der Auftrag geht an das Netz.
underway-taken = Das Netz arbeitet daran.
underway-unanswered = Das Netz antwortet nicht: unser Team kümmert sich darum.
underway-withdrawing = Das Netz wird gebeten, den Auftrag zu vergessen.
underway-since = Verlangt { $value }
done-begun = Der Auftrag ist unterwegs. Diese Seite zeigt, wann das Netz ihn ausgeführt hat.
done-begun-closed = Der Auftrag ist erfasst. Das Netz beginnt damit, sobald es öffnet.
done-answered = Der Auftrag ist bearbeitet: Sehen Sie den Zustand des Anschlusses und den Verlauf.
done-planned = Das ist vorgemerkt. Bis zu diesem Tag können Sie es zurücknehmen.
done-taken-back = Die geplante Änderung ist zurückgenommen.
done-too-late = Zu spät: Diese Änderung hat schon begonnen oder ist nicht mehr da.
refusal-over = Der Anschluss ist gekündigt.
refusal-ending = Der Anschluss wird gerade beendet.
refusal-activating = Der Anschluss wird gerade in Betrieb genommen.
refusal-not-active-yet = Der Anschluss ist noch nicht in Betrieb.
refusal-in-service = Der Anschluss ist schon in Betrieb.
refusal-already-suspended = Der Anschluss ist schon gesperrt.
refusal-not-suspended = Der Anschluss ist nicht gesperrt.
refusal-leaving = Die Nummer geht zu einem anderen Anbieter.
refusal-porting-not-due = Die Nummer ist noch nicht da.
refusal-underway = Das Netz führt gerade einen anderen Auftrag für diesen Anschluss aus.
refusal-planned = So eine Änderung ist schon geplant: Nehmen Sie sie zuerst zurück.
refusal-unknown = Das ist nicht mehr im Angebot.
refusal-other-network = Diesen Tarif gibt es im Netz des Anschlusses nicht.
refusal-other-family = Der Anschluss kann nicht in diese Tarifreihe wechseln.
refusal-same = Der Anschluss hat das schon.
refusal-no-cap-choice = Der Tarif des Anschlusses lässt diese Wahl nicht.
refusal-not-its-cutoff = Diese Obergrenze passt nicht zum Anschluss.
refusal-option-instead = Eine Option des Anschlusses ersetzt diese Obergrenze.
refusal-no-such-sim = Diese SIM ist nicht unter denen, die Ihnen zugeteilt sind.
refusal-no-esim = Dieses Netz bietet keine eSIM an.
refusal-day-passed = Dieser Tag ist vorbei.
refusal-no-day = Für diese Änderung wählt man keinen Tag.
refusal-never-open = Das Netz macht das nicht.
refusal-option-other-lines = Diese Option passt nicht zu Tarif oder Netz des Anschlusses.
refusal-option-capping = Diese Option passt nicht zu dem, was am Ende des Inklusivvolumens geschieht.
refusal-option-group = Der Anschluss hat eine Option derselben Gruppe: Ersetzen Sie sie.
refusal-option-needs = Zuerst ist eine andere Option nötig.
refusal-option-not-held = Der Anschluss hat diese Option nicht.
refusal-option-other-group = Diese beiden Optionen ersetzen einander nicht.
refusal-option-needed = Eine andere Option des Anschlusses braucht sie.
refusal-cutoff-instead = Eine Obergrenze des Anschlusses steht an der Stelle dieser Option.
refusal-sim-ended = Diese SIM wurde schon benutzt und ist verbraucht.
refusal-sim-in-use = Diese SIM ist schon in Betrieb.
refusal-sim-reserved = Diese SIM ist vorgemerkt.
refusal-sim-other-network = Diese SIM gehört zu einem anderen Netz.
refusal-sim-other-kind = Diese SIM ist nicht von der verlangten Art.
ask-closes-zone = Mit diesem Wert geht in dieser Zone nichts mehr.
ask-stays-billed = Während der Sperre wird der Tarif weiter berechnet.
ask-for-ever = Die Kündigung ist endgültig: SIM und Nummer werden nie wieder verwendet.
ask-billed-twice = In diesem Monat werden beide Optionen berechnet; nur die neue zählt.
told-effect = Gilt ab
told-now = Sofort
told-opens = Dann geschlossen; Ausführung ab { $value }
told-once = Einmalig
told-this-month = Diesen Monat
told-monthly = Im Monat
told-unchanged = unverändert
told-ends = Optionen, die enden
told-changed = Inzwischen hat sich etwas geändert: Das gilt jetzt. Es wurde nichts getan.
confirm-plan = Diese Änderung vormerken
confirm-now = Bestätigen
do-nothing = Nichts ändern
back-to-line = Zurück zum Anschluss
choose-again = Etwas anderes wählen
choices = Ihre Wahl
choices-none = Zurzeit gibt es nichts zu wählen.
look-before = Ansehen, was sich ändert
another-day = Ein anderer Tag
day = Datum
day-hint = Ohne Datum gilt es sofort. Mit Datum beginnt die Änderung an diesem Tag um Mitternacht; bis dahin können Sie sie zurücknehmen.
look-at-day = Für diesen Tag ansehen
next = Weiter
free-of-charge = kostenlos
swap-card = Eine andere SIM-Karte
swap-to-card = SIM { $value }
swap-to-esim = Zu einer eSIM wechseln
swap-esim-lead = Die eSIM wird auf das Telefon geladen: Es gibt keine Karte mehr einzulegen.
swap-cards = { $count ->
    [one] Ihnen ist { $number } Karte zugeteilt: Die Nummer wird beim Tippen ergänzt.
   *[other] Ihnen sind { $number } Karten zugeteilt: Die Nummer wird beim Tippen ergänzt.
 }
swap-no-cards = Für dieses Netz ist Ihnen keine freie Karte zugeteilt.
swap-no-number = Das ist keine SIM-Nummer: Auf der Karte stehen 19 oder 20 Ziffern.
swap-no-esim-left = Zurzeit ist keine eSIM verfügbar.
swap-address = Das ist keine E-Mail-Adresse.
swap-old-ends = Sobald das Netz gewechselt hat, ist die jetzige SIM für immer außer Betrieb.
swap-is-told = Die jetzige SIM bekommt eine SMS, und wer den Anschluss verwaltet, eine E-Mail.
swap-email = E-Mail-Adresse für Rückfragen
swap-email-card = Freiwillig: für Nachrichten zu diesem Anschluss.
swap-email-esim = Dorthin schreiben wir wegen der eSIM.
swap-number = Telefonnummer für Rückfragen
lost-title = Telefon verloren oder gestohlen
lost-suspend = 1. Sperren Sie den Anschluss
lost-suspend-lead = Niemand kann dann mit Ihrer SIM noch telefonieren, Nachrichten senden oder Daten nutzen. Der Auftrag geht sofort an das Netz.
lost-suspend-now = Sofort sperren
lost-suspended = Der Anschluss ist gesperrt.
lost-being-suspended = Die Sperre ist verlangt: Das Netz führt sie aus.
lost-police = 2. Erstatten Sie Anzeige
lost-police-lead = Zeigen Sie einen Diebstahl bei der Polizei an und nennen Sie die IMEI des Telefons: Damit lässt es sich in allen Netzen sperren.
lost-imei = Die IMEI steht auf der Rechnung und der Schachtel des Telefons. Solange Sie ein Telefon in der Hand haben: *#06# wählen und notieren.
lost-sim = 3. Verlangen Sie eine neue SIM
lost-sim-lead = Mit einer anderen Karte oder einer eSIM behalten Sie Ihre Nummer. Die alte SIM ist dann für immer außer Betrieb.
lost-sim-contact = Mit einer neuen SIM behalten Sie Ihre Nummer. Sie bekommen sie bei { $value }.
lost-found = Wiedergefunden?
lost-found-lead = Die Sperre lässt sich jederzeit aufheben, solange die SIM nicht ersetzt wurde.
bulk-title = { $count ->
    [one] { $number } Anschluss ändern
   *[other] { $number } Anschlüsse ändern
 }
bulk-lead = Die Änderung gilt für alle diese Anschlüsse oder für keinen.
bulk-what = Was möchten Sie ändern?
bulk-change = Änderung
bulk-before = Vorher, im Monat
bulk-after = Nachher, im Monat
bulk-nothing = Es ist kein Anschluss gewählt.
bulk-too-many = { $count ->
    [one] Mehr als { $number } Anschluss auf einmal geht nicht: Grenzen Sie die Filter ein.
   *[other] Mehr als { $number } Anschlüsse auf einmal gehen nicht: Grenzen Sie die Filter ein.
 }
bulk-choose-lines = Anschlüsse wählen
bulk-able = { $count ->
    [one] { $number } Anschluss ändert sich
   *[other] { $number } Anschlüsse ändern sich
 }
bulk-unable = { $count ->
    [one] Bei { $number } Anschluss geht es nicht.
   *[other] Bei { $number } Anschlüssen geht es nicht.
 }
bulk-all-or-nothing = Solange sie dabei sind, ändert sich nichts.
bulk-only-able = { $count ->
    [one] Nur den Anschluss behalten, bei dem es geht
   *[other] Nur die { $number } Anschlüsse behalten, bei denen es geht
 }
bulk-confirm = { $count ->
    [one] Auf { $number } Anschluss anwenden
   *[other] Auf { $number } Anschlüsse anwenden
 }
bulk-more = { $count ->
    [one] Und { $number } weiterer Anschluss.
   *[other] Und { $number } weitere Anschlüsse.
 }
bulk-latest = Letzte Sammeländerungen
bulk-pick = { $value } wählen
bulk-pick-page = Diese ganze Seite
bulk-pick-all = { $count ->
    [one] Den Anschluss dieser Liste
   *[other] Alle { $number } Anschlüsse dieser Liste
 }
bulk-pick-change = Gewählte Anschlüsse ändern
bulk-moving = Das Netz führt die Änderungen aus
bulk-over = Alles ist erledigt
bulk-to-come = Alles ist vorgemerkt
bulk-leave = Sie können diese Seite verlassen: Die Arbeit geht weiter.
bulk-refused = Abgelehnt
bulk-unanswered = Ohne Antwort
bulk-asked = Verlangt
bulk-planned = Vorgemerkt
bulk-taken-back = Zurückgenommen
bulk-done = Erledigt
mail-sim-swapped-subject = SIM-Wechsel für Ihren Anschluss verlangt
mail-sim-swapped = Für einen Anschluss Ihres Kundenbereichs { $value } wurde eine andere SIM verlangt. Sobald das Netz gewechselt hat, funktioniert die jetzige SIM nicht mehr. Wenn Sie das waren, müssen Sie nichts tun.
mail-new-sim = Neue SIM
text-sim-swapped = { $brand }: Für Ihren Anschluss wurde eine andere SIM verlangt ({ $at }). Diese funktioniert bald nicht mehr. Das waren nicht Sie? Melden Sie sich: { $contact }
journal-order-placed = Hat Anschlüsse bestellt
journal-line-ordered = Anschluss bestellt
journal-line-given-up = Bestellung aufgegeben
journal-line-porting-agreed = Tag der Rufnummernmitnahme vereinbart
journal-line-porting-refused = Rufnummernmitnahme abgelehnt
journal-line-change-planned = Hat eine Änderung vorgemerkt
journal-line-change-taken-back = Hat eine geplante Änderung zurückgenommen
journal-line-change-dropped = Eine geplante Änderung war nicht möglich
journal-line-work-begun = Vom Netz verlangt
journal-line-work-done = Vom Netz erledigt
journal-line-work-not-done = Vom Netz nicht erledigt
journal-line-needs-staff = Wartet auf unser Team
journal-change = Änderung
journal-new = Neu
journal-ended = Beendet
journal-option = Option
journal-cutoffs = Obergrenzen
journal-note = Hinweis
journal-cause = Grund
journal-order = Bestellung
journal-ported = Nummer mitgenommen
journal-cause-asked = Auf Wunsch
journal-cause-ported-away = Nummer bei einem anderen Anbieter
journal-note-unanswered = Das Netz antwortet nicht
journal-note-refused = Das Netz hat abgelehnt
journal-note-done-despite-cancel = Das Netz hat es trotz Rücknahme getan
journal-note-contradiction = Das Netz widerspricht sich
