### Preuve, adresse e-mail et numéros

proof-title = Confirmez que c'est bien vous
proof-lead = Cette page est protégée. Après cinq minutes, nous vous redemanderons votre mot de passe.
proof-button = Continuer
proof-back = Retour à mon compte
proof-hint = Pour vous protéger, nous vous le redemandons.
proof-needed = Saisissez votre mot de passe pour confirmer. Le reste de votre saisie est conservé.
email-title = Adresse e-mail
email-none = Aucune adresse
email-change = Changer d'adresse e-mail
email-now = Adresse actuelle : { $value }
email-wanted = Nouvelle adresse
email-again = Nouvelle adresse, une seconde fois
email-link-hint = Nous y enverrons un lien à suivre dans les 24 heures. Votre adresse actuelle et votre mobile en seront avertis.
email-at-once = Le changement prend effet dès que vous l'avez confirmé.
email-held = { $count ->
    [one] Le changement prend effet { $number } heure après votre confirmation ; jusque-là, vous pouvez l'annuler.
   *[other] Le changement prend effet { $number } heures après votre confirmation ; jusque-là, vous pouvez l'annuler.
 }
email-button = Recevoir le lien
email-no-address = Ce n'est pas une adresse e-mail valable. Vérifiez votre saisie.
email-differ = Les deux adresses ne sont pas identiques. Saisissez deux fois la même.
email-same = C'est déjà votre adresse. Indiquez-en une autre.
email-too-many = { $count ->
    [one] Trop de demandes. Réessayez dans { $number } minute.
   *[other] Trop de demandes. Réessayez dans { $number } minutes.
 }
email-asked = Un lien vient de partir à la nouvelle adresse. Suivez-le dans les 24 heures.
email-confirmed = La nouvelle adresse est confirmée. Elle remplacera l'ancienne à l'heure indiquée.
email-changed = La nouvelle adresse est enregistrée.
email-taken-back = Le changement est annulé. Votre adresse reste la même.
email-to-come = Nouvelle adresse
email-from = Prend effet
email-waits = Une fois le lien suivi
email-take-back = Annuler ce changement
email-confirm-title = Confirmez votre nouvelle adresse
email-confirm-button = Confirmer cette adresse
email-link-over = Il a déjà servi, il a expiré, ou une demande plus récente l'a remplacé. S'il a été demandé depuis un autre compte, connectez-vous d'abord avec celui-ci.
numbers = Numéros de contact
numbers-lead = Pour vous joindre, et vous avertir par SMS si vous n'avez pas de ligne mobile chez nous.
numbers-none = Aucun numéro
numbers-change = Modifier les numéros
numbers-hint = Avec l'indicatif (+49…) pour un numéro à l'étranger. Un champ vide efface le numéro.
numbers-button = Enregistrer les numéros
numbers-saved = Vos numéros sont enregistrés.
number-mobile = Mobile
number-home = Domicile
number-other = Autre ou étranger
number-none = { $value } : ce numéro n'existe pas. Vérifiez votre saisie.
number-not-mobile = { $value } : ce numéro n'est pas celui d'un mobile. Indiquez un numéro de mobile, ou laissez le champ vide.
not-me-title = Ce n'était pas vous ?
not-me-email = Quelqu'un a demandé de changer l'adresse e-mail de votre compte. Si ce n'était pas vous, nous remettons tout en ordre :
not-me-password = Quelqu'un a changé le mot de passe de votre compte. Si ce n'était pas vous, nous remettons tout en ordre :
not-me-identifier = Quelqu'un a changé l'identifiant de votre compte. Si ce n'était pas vous, nous remettons tout en ordre :
not-me-step-back = le changement est annulé, ainsi que ceux qui l'ont suivi ;
not-me-step-sessions = toutes les sessions ouvertes sont fermées ;
not-me-step-password = le mot de passe actuel n'est plus valable, et vous recevez un lien pour en choisir un autre.
not-me-button = Ce n'était pas moi
not-me-done-title = Votre compte est protégé
not-me-done = Le changement est annulé, toutes les sessions sont fermées.
not-me-link-sent = Un lien pour choisir un nouveau mot de passe vient de partir à l'adresse { $value }. Il est valable 15 minutes.
not-me-no-address = Nous n'avons pas d'adresse pour vous écrire : contactez-nous pour choisir un nouveau mot de passe.
not-me-over = Il a déjà servi, ou il a expiré. Si vous craignez que quelqu'un connaisse votre mot de passe, choisissez-en un nouveau sans attendre.
proof-code-needed = Saisissez aussi le code de votre application, ou un code de secours.
proof-with-passkey = Confirmer avec une clé d'accès
proof-passkey-not-shown = Aucune clé d'accès n'a été présentée. Réessayez.
proof-passkey-required = Votre opérateur demande plus qu'un mot de passe. Présentez votre clé d'accès pour continuer.
proof-passkey-no-script = Ce navigateur ne permet pas d'utiliser une clé d'accès, ou JavaScript y est désactivé. Essayez avec un autre navigateur ou un autre appareil.
proof-passkey-elsewhere = Votre clé d'accès ouvre un autre de nos sites : connectez-vous là où vous l'avez créée.
not-me-second-factor = Quelqu'un a fait retirer les codes et les clés d'accès de votre compte. Si ce n'était pas vous, nous remettons tout en ordre :
not-me-numbers = Quelqu'un a changé les numéros de contact de votre compte. Si ce n'était pas vous, nous remettons tout en ordre :
not-me-codes = Quelqu'un a activé les codes à usage unique de votre compte. Si ce n'était pas vous, nous remettons tout en ordre :
not-me-passkey = Quelqu'un a ajouté une clé d'accès à votre compte. Si ce n'était pas vous, nous remettons tout en ordre :
