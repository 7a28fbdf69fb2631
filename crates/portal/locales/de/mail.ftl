### Die E-Mails

mail-hello = Guten Tag { $value },
mail-hello-nobody = Guten Tag,
mail-first-access-subject = Wählen Sie Ihr Passwort
mail-first-access = Ihr Kundenbereich von { $value } ist bereit. Wählen Sie Ihr Passwort, um ihn zu öffnen.
mail-first-access-button = Mein Passwort wählen
mail-first-access-not-you = Sie haben nichts angefordert? Dann müssen Sie nichts tun: Es wird kein Zugang angelegt.
mail-forgotten-password-subject = Wählen Sie ein neues Passwort
mail-forgotten-password = Sie möchten ein neues Passwort für Ihren Kundenbereich von { $value } wählen.
mail-forgotten-password-button = Neues Passwort wählen
mail-forgotten-password-not-you = Waren Sie das nicht? Dann müssen Sie nichts tun: Ihr bisheriges Passwort bleibt gültig.
mail-invitation-subject = Ihre Einladung zu { $value }
mail-invitation = { $by } lädt Sie in den Kundenbereich von { $brand } ein, für { $party }.
mail-invitation-button = Einladung annehmen
mail-invitation-not-you = Sie kennen diese Person nicht? Dann müssen Sie nichts tun: Es wird kein Zugang angelegt.
mail-confirm-address-subject = Bestätigen Sie Ihre E-Mail-Adresse
mail-confirm-address = Bestätigen Sie, dass dies Ihre Adresse ist, um hier die Nachrichten Ihres Kundenbereichs von { $value } zu erhalten.
mail-confirm-address-button = Meine Adresse bestätigen
mail-confirm-address-not-you = Sie haben nichts angefordert? Dann müssen Sie nichts tun: Diese Adresse wird nicht verwendet.
mail-new-device-subject = Neue Anmeldung in Ihrem Kundenbereich
mail-new-device = In Ihrem Kundenbereich von { $value } hat sich jemand mit einem Gerät angemeldet, das wir nicht kannten. Wenn Sie es waren, müssen Sie nichts tun.
mail-new-device-not-you = Waren Sie das nicht? Ändern Sie sofort Ihr Passwort und wenden Sie sich an uns: { $value }
mail-password-changed-subject = Ihr Passwort wurde geändert
mail-password-changed = Das Passwort Ihres Kundenbereichs von { $value } wurde soeben geändert. Wenn Sie es waren, müssen Sie nichts tun.
mail-address-changed-subject = Ihre E-Mail-Adresse wurde geändert
mail-address-changed = Die Nachrichten Ihres Kundenbereichs von { $value } gehen künftig an eine andere Adresse. Dies ist die letzte, die Sie hier erhalten.
mail-identifier-changed-subject = Ihre Kennung wurde geändert
mail-identifier-changed = Die Kennung Ihres Kundenbereichs von { $value } wurde soeben geändert. Wenn Sie es waren, müssen Sie nichts tun.
mail-numbers-changed-subject = Ihre Kontaktnummern wurden geändert
mail-numbers-changed = Die Nummern, unter denen { $value } Sie erreicht, wurden soeben geändert. Wenn Sie es waren, müssen Sie nichts tun.
mail-changed-not-you = Waren Sie das nicht? Wenden Sie sich sofort an uns: { $value }
mail-test-subject = Testnachricht
mail-test = Diese Testnachricht bestätigt, dass { $value } E-Mails versenden kann. Sie müssen nichts tun.
mail-when = Datum
mail-device = Gerät
mail-network-address = IP-Adresse
mail-new-address = Neue Adresse
mail-new-identifier = Neue Kennung
mail-lasts-minutes = { $count ->
    [one] Dieser Link gilt { $number } Minute und funktioniert einmal.
   *[other] Dieser Link gilt { $number } Minuten und funktioniert einmal.
 }
mail-lasts-days = { $count ->
    [one] Dieser Link gilt { $number } Tag und funktioniert einmal.
   *[other] Dieser Link gilt { $number } Tage und funktioniert einmal.
 }
mail-label = { $value }:
mail-copy-link = Die Schaltfläche reagiert nicht? Kopieren Sie diese Adresse in Ihren Browser:
mail-footer = Automatische Nachricht von { $value }. Wir fragen nie per E-Mail nach Ihrem Passwort.
mail-codes-switched-on-subject = Einmalcodes sind eingeschaltet
mail-codes-switched-on = Ihr Kundenbereich von { $value } fragt nach dem Passwort ab jetzt nach einem Einmalcode. Wenn Sie es waren, müssen Sie nichts tun.
mail-codes-switched-off-subject = Einmalcodes sind ausgeschaltet
mail-codes-switched-off = Ihr Kundenbereich von { $value } fragt nicht mehr nach einem Einmalcode: Ihr Passwort genügt. Wenn Sie es waren, müssen Sie nichts tun.
mail-recovery-code-used-subject = Ein Wiederherstellungscode wurde verwendet
mail-recovery-code-used = Ein Wiederherstellungscode hat in Ihrem Kundenbereich von { $value } Ihren Einmalcode ersetzt. Wenn Sie es waren, müssen Sie nichts tun.
mail-recovery-left = Verbleibende Wiederherstellungscodes
mail-passkey = Passkey
mail-passkey-added-subject = Ein Passkey wurde hinzugefügt
mail-passkey-added = Mit einem neuen Passkey kann man sich ab jetzt in Ihrem Kundenbereich von { $value } anmelden. Wenn Sie es waren, müssen Sie nichts tun.
mail-passkey-removed-subject = Ein Passkey wurde entfernt
mail-passkey-removed = Mit einem Passkey kann man sich nicht mehr in Ihrem Kundenbereich von { $value } anmelden. Wenn Sie es waren, müssen Sie nichts tun.
mail-address-asked-subject = Änderung Ihrer E-Mail-Adresse beantragt
mail-address-asked = Jemand möchte, dass die Nachrichten Ihres Kundenbereichs von { $value } an eine andere Adresse gehen. Wenn Sie es waren, müssen Sie hier nichts tun: Folgen Sie dem Link, der an die neue Adresse ging.
mail-effect = Gilt ab
mail-effect-at-once = Sofort nach der Bestätigung
mail-effect-hours = { $count ->
    [one] { $number } Stunde nach der Bestätigung
   *[other] { $number } Stunden nach der Bestätigung
 }
mail-not-me-button = Das war ich nicht
mail-not-me = So nehmen Sie die Änderung zurück, beenden alle Sitzungen und erhalten einen Link, um ein neues Passwort zu wählen. Im Zweifel wenden Sie sich an uns: { $value }
mail-lasts-hours = { $count ->
    [one] Dieser Link gilt { $number } Stunde und nur einmal.
   *[other] Dieser Link gilt { $number } Stunden und nur einmal.
 }
mail-address-held = Nach einer Anfrage bei unserem Kundendienst gehen die Nachrichten Ihres Kundenbereichs von { $value } künftig an eine andere Adresse. Wenn Sie es waren, müssen Sie nichts tun.
mail-effect-now = Sofort
mail-effect-in-hours = { $count ->
    [one] In { $number } Stunde
   *[other] In { $number } Stunden
 }
mail-second-factor-removed-subject = Ihre Codes und Passkeys werden entfernt
mail-second-factor-removed = Nach einer Anfrage bei unserem Kundendienst werden die Einmalcodes und Passkeys Ihres Kundenbereichs von { $value } entfernt: Ihr Passwort genügt dann. Wenn Sie es waren, müssen Sie nichts tun.
mail-access-taken-away-subject = Ihr Zugang ist entzogen
mail-access-taken-away = Sie haben keinen Zugang mehr zum Bereich von { $value } für { $party }. Ihre Sitzungen sind beendet.
mail-access-given-back-subject = Sie haben wieder Zugang
mail-access-given-back = Sie haben wieder Zugang zum Bereich von { $value } für { $party }. Melden Sie sich mit Ihrem bisherigen Passwort an.
mail-line-joined-subject = Ihr Anschluss hat keinen eigenen Zugang mehr
mail-line-joined = Ihr Anschluss gehört im Bereich von { $value } wieder zum Konto von { $party }. Ihren eigenen Zugang gibt es nicht mehr.
mail-access-question = Eine Frage? Wenden Sie sich an uns: { $value }
mail-line = Anschluss
mail-esim-ready-subject = Ihre eSIM ist bereit zur Installation
mail-esim-ready = Ihre eSIM von { $value } wartet auf Ihr Telefon.
mail-esim-step-wifi = Verbinden Sie das Telefon mit dem WLAN.
mail-esim-step-scan = Fügen Sie in den Einstellungen eine eSIM hinzu und scannen Sie den QR-Code von einem anderen Bildschirm.
mail-esim-step-code = Geben Sie den sechsstelligen Bestätigungscode ein, den Sie per SMS an eine andere Nummer anfordern können.
mail-esim-by-hand = Ohne QR-Code: Geben Sie auf dem iPhone die SM-DP+-Adresse und den Aktivierungscode ein, unter Android den vollständigen Code.
mail-esim-ready-help = Eine eSIM lässt sich nur einmal installieren: Löschen Sie sie danach nicht vom Telefon. Fragen? Sie erreichen uns unter { $value }
mail-sims-asked-subject = { $value }: Ihre SIM-Karten sind bestellt
mail-sims-asked = Ihre Bestellung unbeschriebener SIM-Karten ist eingegangen. Wir schreiben Ihnen, sobald sie versandt sind.
mail-sims-sent-subject = { $value }: Ihre SIM-Karten sind unterwegs
mail-sims-sent = Ihre unbeschriebenen SIM-Karten sind unterwegs. Bestätigen Sie die Ankunft auf der Seite der Sendung: Dann können Sie die Karten verwenden.
mail-debit-begun-subject = Ihre Lastschrift ist eingerichtet
mail-debit-begun = Die Rechnungen Ihres Kontos bei { $value } werden künftig von dem unten genannten Bankkonto abgebucht. Jede Abbuchung wird Ihnen mindestens 14 Tage vorher angekündigt.
mail-debit-changed-subject = Das belastete Bankkonto wurde geändert
mail-debit-changed = Die Rechnungen Ihres Kontos bei { $value } werden künftig von einem anderen Bankkonto abgebucht. Das bisherige Mandat ist beendet. Wenn Sie das waren, müssen Sie nichts tun.
mail-debit-ended-subject = Ihre Lastschrift ist beendet
mail-debit-ended = Die Rechnungen Ihres Kontos bei { $value } werden nicht mehr abgebucht: Sie werden per Überweisung oder Karte bezahlt.
mail-debit-account = Rechnungskonto
mail-debit-before = Bisheriges Bankkonto
mail-debit-after = Neues Bankkonto
mail-debit-iban = Bankkonto
mail-debit-mandate = Mandatsreferenz
mail-debit-creditor = Gläubiger
mail-invoices-elsewhere-subject = Ihre Rechnungen gehen an eine andere Adresse
mail-invoices-elsewhere = Neue Rechnungen Ihres Kontos bei { $value } werden künftig an die unten genannte Adresse gemeldet. Wenn Sie das waren, müssen Sie nichts tun.
mail-invoices-nowhere = Neue Rechnungen Ihres Kontos bei { $value } werden nicht mehr per E-Mail angekündigt. Sie bleiben in Ihrem Kundenbereich.
mail-debit-announced-subject = Eine Abbuchung steht an
mail-debit-announced = Der folgende Betrag wird für Ihr Konto bei { $value } abgebucht. Bis zu dem genannten Tag können Sie widersprechen.
mail-debit-invoice = Rechnung
mail-debit-amount = Betrag
mail-debit-on = Tag der Abbuchung
mail-debit-came-back-subject = Eine Lastschrift wurde nicht ausgeführt
mail-debit-once-more = Ihre Bank hat eine Lastschrift für Ihr Konto bei { $value } nicht ausgeführt. Sie wird an dem genannten Tag noch einmal eingereicht: Bitte sorgen Sie für genügend Guthaben.
mail-debit-pay-otherwise = Ihre Bank hat eine Lastschrift für Ihr Konto bei { $value } nicht ausgeführt. Bitte zahlen Sie den Betrag per Überweisung oder Karte: Er wird nicht noch einmal abgebucht.
mail-payment-received-subject = Zahlung eingegangen
mail-payment-given-back-subject = Erstattung
mail-payment-received = Ihre Zahlung ist bei uns eingegangen. Vielen Dank, Ihr Team von { $value }.
mail-payment-given-back = { $value } erstattet den Betrag auf die Karte, mit der bezahlt wurde. Je nach Bank dauert das einige Tage.
mail-payment-button = Zahlung ansehen
mail-payment-sign-in = Melden Sie sich an, um Ihre Rechnungen und Zahlungen im Einzelnen zu sehen.
