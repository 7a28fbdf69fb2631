voicemail = Mailbox
voicemail-lead = Hören Sie Ihre Nachrichten hier oder am Telefon ab.
voicemail-new = Neue Nachrichten
voicemail-kept = Gespeicherte Nachrichten
voicemail-room = { $count } von { $most } Plätzen belegt
voicemail-home = Von Ihrem Telefon
voicemail-abroad = Aus dem Ausland oder von einem anderen Telefon
voicemail-full = Die Mailbox ist voll: Anrufer können keine Nachricht mehr hinterlassen. Löschen Sie Nachrichten, um Platz zu schaffen.
voicemail-messages = Nachrichten
voicemail-keeps = { $count ->
    [one] Nach { $number } Tag gelöscht
   *[other] Nach { $number } Tagen gelöscht
 }
voicemail-none = Sie haben keine Nachrichten.
voicemail-hidden = Unterdrückte Nummer
voicemail-is-new = Neu
voicemail-until = gelöscht am
voicemail-keep = Speichern
voicemail-delete = Löschen
voicemail-download = Herunterladen
voicemail-delete-all = Alle Nachrichten löschen
voicemail-delete-all-asked = { $count ->
    [one] Die Nachricht und ihre Aufnahme werden endgültig gelöscht.
   *[other] Die { $number } Nachrichten und ihre Aufnahmen werden endgültig gelöscht, auch die, die Sie noch nicht gehört haben.
 }
voicemail-back = Zurück zur Mailbox
voicemail-done-kept = Die Nachricht ist gespeichert.
voicemail-done-deleted = Die Nachricht ist gelöscht.
voicemail-done-emptied = Alle Nachrichten sind gelöscht.
voicemail-done-greeting = Ihre Ansage ist gespeichert.
voicemail-done-greeting-removed = Ihre Ansage ist gelöscht: Anrufer hören die Standardansage.
voicemail-done-code = Ihr neuer Code ist gespeichert.
voicemail-done-mail = Neue Nachrichten werden Ihnen per E-Mail geschickt.
voicemail-done-mail-off = Nachrichten werden nicht mehr per E-Mail geschickt.
voicemail-mail-lead = Sie erhalten jede neue Nachricht mit Aufnahme, Nummer des Anrufers, Datum und Dauer. Sie bleibt auch in der Mailbox.
voicemail-mail-send = Neue Nachrichten per E-Mail schicken
voicemail-mail-address = E-Mail-Adresse
voicemail-mail-wrong = Geben Sie eine vollständige E-Mail-Adresse an, etwa vorname@beispiel.de.
voicemail-mail-wait = Die Adresse wurde heute zu oft geändert. Versuchen Sie es morgen wieder.
voicemail-greeting = Ansage
voicemail-greeting-since = Ihre Ansage, seit
voicemail-greeting-none = Anrufer hören die Standardansage.
voicemail-greeting-remove = Zurück zur Standardansage
voicemail-greeting-file = Aufnahme
voicemail-greeting-hint = Eine WAV- oder Opus-Datei (.ogg) von höchstens { $size } und { $seconds } Sekunden.
voicemail-greeting-save = Diese Ansage verwenden
voicemail-sound-empty = Wählen Sie eine Datei: Diese ist leer, oder es wurde keine gewählt.
voicemail-sound-too-large = Diese Datei ist größer als { $value }.
voicemail-sound-unknown = Diese Datei ist weder WAV noch Opus.
voicemail-sound-unplayable = Diese Aufnahme kann hier nicht abgespielt werden. Speichern Sie sie als WAV (8 oder 16 Bit) oder Opus.
voicemail-sound-damaged = Diese Datei ist unvollständig oder beschädigt.
voicemail-sound-too-short = Diese Aufnahme ist zu kurz.
voicemail-sound-too-long = { $count ->
    [one] Diese Aufnahme dauert länger als { $number } Sekunde.
   *[other] Diese Aufnahme dauert länger als { $number } Sekunden.
 }
voicemail-code = Geheimcode
voicemail-code-set = festgelegt
voicemail-code-none = nicht festgelegt
voicemail-code-lead = Er wird verlangt, wenn Sie die Mailbox von einem anderen Telefon anrufen. Ohne Code antwortet sie nur Ihrem eigenen Anschluss.
voicemail-code-new = Neuer Code
voicemail-code-again = Derselbe Code noch einmal
voicemail-code-digits = { $least } bis { $most } Ziffern.
voicemail-code-save = Code speichern
voicemail-code-easy = Dieser Code ist zu leicht zu erraten: Vermeiden Sie gleiche oder aufeinanderfolgende Ziffern.
voicemail-code-own-number = Dieser Code ist das Ende Ihrer Nummer: Das kennt jeder.
voicemail-code-not-alike = Die beiden Codes sind nicht gleich.
voicemail-keys = Die Tasten des Telefons
voicemail-keys-lead = Wählen Sie { $value } und folgen Sie der Ansage.
voicemail-key-messages = Nachrichten
voicemail-key-hear = anhören oder noch einmal anhören
voicemail-key-next = nächste Nachricht
voicemail-key-keep = speichern
voicemail-key-delete = löschen
voicemail-key-settings = Einstellungen
voicemail-key-greeting = Ansage aufnehmen
voicemail-key-code = Code ändern
voicemail-key-back = Zurück, oder die Mailbox verlassen
journal-voicemail-messages-deleted = Hat Mailbox-Nachrichten gelöscht
journal-voicemail-greeting-set = Hat die Ansage geändert
journal-voicemail-greeting-removed = Hat die Ansage gelöscht
journal-voicemail-code-set = Hat den Code der Mailbox geändert
journal-voicemail-code-refused = Code der Mailbox zu oft abgelehnt
journal-voicemail-messages-expired = Abgelaufene Mailbox-Nachrichten gelöscht
journal-voicemail-emptied = Mailbox eines beendeten Anschlusses gelöscht
journal-tries = Versuche
mailbox-file = Anhang
mail-voicemail-message-subject = { $value }: neue Nachricht auf der Mailbox
mail-voicemail-message = Jemand hat eine Nachricht auf Ihrer Mailbox von { $value } hinterlassen. Die Aufnahme finden Sie im Anhang.
mail-voicemail-caller = Von
mail-voicemail-length = Dauer
mail-voicemail-mail-subject = { $value }: Ihre Mailbox-Nachrichten per E-Mail
mail-voicemail-mail = Nachrichten auf der Mailbox dieses Anschlusses bei { $value } gehen ab sofort mit ihrer Aufnahme an die unten stehende Adresse.
mail-voicemail-mail-off = Nachrichten auf der Mailbox dieses Anschlusses bei { $value } werden nicht mehr an diese Adresse geschickt.
