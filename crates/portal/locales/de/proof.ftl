### Nachweis, E-Mail-Adresse und Nummern

proof-title = Bestätigen Sie, dass Sie es sind
proof-lead = Diese Seite ist geschützt. Nach fünf Minuten fragen wir noch einmal nach Ihrem Passwort.
proof-button = Weiter
proof-back = Zurück zu meinem Konto
proof-hint = Zu Ihrem Schutz fragen wir noch einmal danach.
proof-needed = Geben Sie zur Bestätigung Ihr Passwort ein. Ihre Eingaben sind noch da.
email-title = E-Mail-Adresse
email-none = Keine Adresse
email-change = E-Mail-Adresse ändern
email-now = Aktuelle Adresse: { $value }
email-wanted = Neue Adresse
email-again = Neue Adresse, noch einmal
email-link-hint = Wir senden einen Link dorthin, dem Sie binnen 24 Stunden folgen. Ihre bisherige Adresse und Ihr Mobiltelefon werden benachrichtigt.
email-at-once = Die Änderung gilt, sobald Sie sie bestätigt haben.
email-held = { $count ->
    [one] Die Änderung gilt { $number } Stunde nach Ihrer Bestätigung; bis dahin können Sie sie zurücknehmen.
   *[other] Die Änderung gilt { $number } Stunden nach Ihrer Bestätigung; bis dahin können Sie sie zurücknehmen.
 }
email-button = Link erhalten
email-no-address = Das ist keine gültige E-Mail-Adresse. Prüfen Sie Ihre Eingabe.
email-differ = Die beiden Adressen stimmen nicht überein. Geben Sie zweimal dieselbe ein.
email-same = Das ist bereits Ihre Adresse. Geben Sie eine andere ein.
email-too-many = { $count ->
    [one] Zu viele Anfragen. Versuchen Sie es in { $number } Minute wieder.
   *[other] Zu viele Anfragen. Versuchen Sie es in { $number } Minuten wieder.
 }
email-asked = Ein Link ist an die neue Adresse unterwegs. Folgen Sie ihm binnen 24 Stunden.
email-confirmed = Die neue Adresse ist bestätigt. Sie ersetzt die bisherige zur angegebenen Zeit.
email-changed = Die neue Adresse ist gespeichert.
email-taken-back = Die Änderung ist zurückgenommen. Ihre Adresse bleibt, wie sie war.
email-to-come = Neue Adresse
email-from = Gilt ab
email-waits = Sobald Sie dem Link gefolgt sind
email-take-back = Diese Änderung zurücknehmen
email-confirm-title = Bestätigen Sie Ihre neue Adresse
email-confirm-button = Diese Adresse bestätigen
email-link-over = Er wurde schon benutzt, ist abgelaufen oder durch eine neuere Anfrage ersetzt. Wurde er von einem anderen Konto aus angefordert, melden Sie sich zuerst mit diesem an.
numbers = Kontaktnummern
numbers-lead = Damit wir Sie erreichen und per SMS warnen können, wenn Sie keinen Mobilanschluss bei uns haben.
numbers-none = Keine Nummer
numbers-change = Nummern ändern
numbers-hint = Mit Landesvorwahl (+33…) bei einer Nummer im Ausland. Ein leeres Feld löscht die Nummer.
numbers-button = Nummern speichern
numbers-saved = Ihre Nummern sind gespeichert.
number-mobile = Mobil
number-home = Zu Hause
number-other = Andere oder im Ausland
number-none = { $value }: Diese Nummer gibt es nicht. Prüfen Sie Ihre Eingabe.
number-not-mobile = { $value }: Das ist keine Mobilnummer. Geben Sie eine ein oder lassen Sie das Feld leer.
not-me-title = Waren Sie das nicht?
not-me-email = Jemand wollte die E-Mail-Adresse Ihres Kontos ändern. Wenn Sie das nicht waren, bringen wir alles in Ordnung:
not-me-password = Jemand hat das Passwort Ihres Kontos geändert. Wenn Sie das nicht waren, bringen wir alles in Ordnung:
not-me-identifier = Jemand hat die Kennung Ihres Kontos geändert. Wenn Sie das nicht waren, bringen wir alles in Ordnung:
not-me-step-back = Die Änderung wird zurückgenommen, ebenso alles, was danach geändert wurde.
not-me-step-sessions = Alle offenen Sitzungen werden beendet.
not-me-step-password = Das bisherige Passwort gilt nicht mehr, und Sie erhalten einen Link, um ein anderes zu wählen.
not-me-button = Das war ich nicht
not-me-done-title = Ihr Konto ist geschützt
not-me-done = Die Änderung ist zurückgenommen, alle Sitzungen sind beendet.
not-me-link-sent = Ein Link zur Wahl eines neuen Passworts ist an { $value } unterwegs. Er gilt 15 Minuten.
not-me-no-address = Wir haben keine Adresse, an die wir Ihnen schreiben können: Wenden Sie sich an uns, um ein neues Passwort zu wählen.
not-me-over = Er wurde schon benutzt oder ist abgelaufen. Wenn Sie fürchten, dass jemand Ihr Passwort kennt, wählen Sie sofort ein neues.
proof-code-needed = Geben Sie auch den Code der App oder einen Wiederherstellungscode ein.
proof-with-passkey = Mit einem Passkey bestätigen
proof-passkey-not-shown = Es wurde kein Passkey verwendet. Versuchen Sie es noch einmal.
proof-passkey-required = Ihr Anbieter verlangt mehr als ein Passwort. Verwenden Sie Ihren Passkey, um fortzufahren.
proof-passkey-no-script = In diesem Browser lässt sich kein Passkey verwenden, oder JavaScript ist ausgeschaltet. Versuchen Sie es mit einem anderen Browser oder Gerät.
proof-passkey-elsewhere = Ihr Passkey gehört zu einer anderen unserer Websites: Melden Sie sich dort an, wo Sie ihn angelegt haben.
not-me-second-factor = Jemand hat die Codes und Passkeys Ihres Kontos entfernen lassen. Wenn Sie das nicht waren, bringen wir alles in Ordnung:
not-me-numbers = Jemand hat die Kontaktnummern Ihres Kontos geändert. Wenn Sie das nicht waren, bringen wir alles in Ordnung:
not-me-codes = Jemand hat die Einmalcodes Ihres Kontos eingeschaltet. Wenn Sie das nicht waren, bringen wir alles in Ordnung:
not-me-passkey = Jemand hat Ihrem Konto einen Passkey hinzugefügt. Wenn Sie das nicht waren, bringen wir alles in Ordnung:
