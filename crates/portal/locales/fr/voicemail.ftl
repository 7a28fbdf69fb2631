voicemail = Messagerie vocale
voicemail-lead = Écoutez vos messages ici ou depuis votre téléphone.
voicemail-new = Nouveaux messages
voicemail-kept = Messages archivés
voicemail-room = { $count } sur { $most } places occupées
voicemail-home = Depuis votre téléphone
voicemail-abroad = De l'étranger ou d'un autre téléphone
voicemail-full = La messagerie est pleine : vos correspondants ne peuvent plus laisser de message. Supprimez-en pour faire de la place.
voicemail-messages = Messages
voicemail-keeps = { $count ->
    [one] Effacés au bout de { $number } jour
   *[other] Effacés au bout de { $number } jours
 }
voicemail-none = Vous n'avez aucun message.
voicemail-hidden = Numéro masqué
voicemail-is-new = Nouveau
voicemail-until = effacé le
voicemail-keep = Archiver
voicemail-delete = Supprimer
voicemail-download = Télécharger
voicemail-delete-all = Supprimer tous les messages
voicemail-delete-all-asked = { $count ->
    [one] Le message et son enregistrement seront définitivement effacés.
   *[other] Les { $number } messages et leurs enregistrements seront définitivement effacés, y compris ceux que vous n'avez pas encore écoutés.
 }
voicemail-back = Retour à la messagerie
voicemail-done-kept = Le message est archivé.
voicemail-done-deleted = Le message est supprimé.
voicemail-done-emptied = Tous les messages sont supprimés.
voicemail-done-greeting = Votre annonce d'accueil est enregistrée.
voicemail-done-greeting-removed = Votre annonce est supprimée : vos correspondants entendent l'annonce standard.
voicemail-done-code = Votre nouveau code est enregistré.
voicemail-done-mail = Les nouveaux messages vous seront envoyés par e-mail.
voicemail-done-mail-off = Les messages ne sont plus envoyés par e-mail.
voicemail-mail-lead = Chaque nouveau message vous est envoyé avec son enregistrement, le numéro du correspondant, la date et la durée. Il reste aussi dans la messagerie.
voicemail-mail-send = Envoyer les nouveaux messages par e-mail
voicemail-mail-address = Adresse e-mail
voicemail-mail-wrong = Indiquez une adresse e-mail complète, comme prenom@exemple.fr.
voicemail-mail-wait = L'adresse a été changée trop souvent aujourd'hui. Réessayez demain.
voicemail-greeting = Annonce d'accueil
voicemail-greeting-since = Votre annonce, depuis le
voicemail-greeting-none = Vos correspondants entendent l'annonce standard.
voicemail-greeting-remove = Revenir à l'annonce standard
voicemail-greeting-file = Enregistrement
voicemail-greeting-hint = Un fichier WAV ou Opus (.ogg) de { $size } et { $seconds } secondes au plus.
voicemail-greeting-save = Utiliser cette annonce
voicemail-sound-empty = Choisissez un fichier : celui-ci est vide, ou aucun n'a été choisi.
voicemail-sound-too-large = Ce fichier dépasse { $value }.
voicemail-sound-unknown = Ce fichier n'est ni un WAV, ni un fichier Opus.
voicemail-sound-unplayable = Cet enregistrement ne peut pas être lu ici. Enregistrez-le en WAV (8 ou 16 bits) ou en Opus.
voicemail-sound-damaged = Ce fichier est incomplet ou endommagé.
voicemail-sound-too-short = Cet enregistrement est trop court.
voicemail-sound-too-long = { $count ->
    [one] Cet enregistrement dure plus de { $number } seconde.
   *[other] Cet enregistrement dure plus de { $number } secondes.
 }
voicemail-code = Code secret
voicemail-code-set = défini
voicemail-code-none = non défini
voicemail-code-lead = Il est demandé quand vous consultez la messagerie depuis un autre téléphone. Sans code, elle ne répond qu'à votre propre ligne.
voicemail-code-new = Nouveau code
voicemail-code-again = Le même code, encore une fois
voicemail-code-digits = De { $least } à { $most } chiffres.
voicemail-code-save = Enregistrer le code
voicemail-code-easy = Ce code est trop facile à deviner : évitez les chiffres identiques ou qui se suivent.
voicemail-code-own-number = Ce code est la fin de votre numéro : tout le monde la connaît.
voicemail-code-not-alike = Les deux codes ne sont pas identiques.
voicemail-keys = Les touches du téléphone
voicemail-keys-lead = Composez le { $value }, puis laissez-vous guider.
voicemail-key-messages = Messages
voicemail-key-hear = écouter ou réécouter
voicemail-key-next = message suivant
voicemail-key-keep = archiver
voicemail-key-delete = supprimer
voicemail-key-settings = Réglages
voicemail-key-greeting = enregistrer l'annonce d'accueil
voicemail-key-code = changer le code
voicemail-key-back = Retour, ou quitter la messagerie
journal-voicemail-messages-deleted = A supprimé des messages vocaux
journal-voicemail-greeting-set = A changé l'annonce d'accueil
journal-voicemail-greeting-removed = A supprimé l'annonce d'accueil
journal-voicemail-code-set = A changé le code de la messagerie
journal-voicemail-code-refused = Code de la messagerie refusé trop souvent
journal-voicemail-messages-expired = Messages vocaux arrivés à leur terme effacés
journal-voicemail-emptied = Messagerie d'une ligne résiliée effacée
journal-tries = Essais
mailbox-file = Pièce jointe
mail-voicemail-message-subject = { $value } : nouveau message vocal
mail-voicemail-message = Quelqu'un a laissé un message sur votre messagerie vocale { $value }. Vous trouverez l'enregistrement en pièce jointe.
mail-voicemail-caller = De
mail-voicemail-length = Durée
mail-voicemail-mail-subject = { $value } : vos messages vocaux par e-mail
mail-voicemail-mail = Désormais, les messages laissés sur la messagerie vocale { $value } de cette ligne sont envoyés à l'adresse ci-dessous, avec leur enregistrement.
mail-voicemail-mail-off = Les messages laissés sur la messagerie vocale { $value } de cette ligne ne sont plus envoyés à cette adresse.
