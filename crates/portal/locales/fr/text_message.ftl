### Les SMS, sans signe que les téléphones ne connaissent pas

text-address-asked = { $brand } : une nouvelle adresse e-mail a été demandée pour votre compte ({ $at }). Ce n'était pas vous ? Annulez depuis notre e-mail ou contactez-nous : { $contact }
text-password-changed = { $brand } : votre mot de passe a été modifié ({ $at }). Ce n'était pas vous ? Annulez depuis notre e-mail ou contactez-nous : { $contact }
text-identifier-changed = { $brand } : votre identifiant a été modifié ({ $at }). Ce n'était pas vous ? Annulez depuis notre e-mail ou contactez-nous : { $contact }
text-numbers-changed = { $brand } : vos numéros de contact ont été modifiés ({ $at }). Ce n'était pas vous ? Contactez-nous : { $contact }
text-numbers-changed-subject = Vos numéros de contact ont été modifiés
text-second-factor-removed = { $brand } : à votre demande, les codes et clés d'accès de votre compte sont retirés ({ $at }). Ce n'était pas vous ? Annulez depuis notre e-mail ou contactez-nous : { $contact }
text-esim-code = { $brand } : votre code de confirmation eSIM est { $code }. Saisissez-le quand le téléphone le demande. Trois erreurs le bloquent.
text-esim-code-subject = Code de confirmation de votre eSIM
