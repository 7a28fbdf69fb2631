### SMS, ohne Zeichen, die Telefone nicht kennen

text-address-asked = { $brand }: Für Ihr Konto wurde eine neue E-Mail-Adresse verlangt ({ $at }). Waren Sie das nicht? Nehmen Sie es über unsere E-Mail zurück oder wenden Sie sich an uns: { $contact }
text-password-changed = { $brand }: Ihr Passwort wurde geändert ({ $at }). Waren Sie das nicht? Nehmen Sie es über unsere E-Mail zurück oder wenden Sie sich an uns: { $contact }
text-identifier-changed = { $brand }: Ihre Kennung wurde geändert ({ $at }). Waren Sie das nicht? Nehmen Sie es über unsere E-Mail zurück oder wenden Sie sich an uns: { $contact }
text-numbers-changed = { $brand }: Ihre Kontaktnummern wurden geändert ({ $at }). Waren Sie das nicht? Wenden Sie sich an uns: { $contact }
text-numbers-changed-subject = Ihre Kontaktnummern wurden geändert
text-second-factor-removed = { $brand }: Auf Anfrage werden Codes und Passkeys Ihres Kontos entfernt ({ $at }). Waren Sie das nicht? Nehmen Sie es über unsere E-Mail zurück oder wenden Sie sich an uns: { $contact }
text-esim-code = { $brand }: Ihr eSIM-Bestätigungscode lautet { $code }. Geben Sie ihn ein, wenn das Telefon danach fragt. Nach drei Fehlern ist er gesperrt.
text-esim-code-subject = Bestätigungscode Ihrer eSIM
