### Les e-mails

mail-hello = Bonjour { $value },
mail-hello-nobody = Bonjour,
mail-first-access-subject = Choisissez votre mot de passe
mail-first-access = Votre espace client { $value } vous attend. Choisissez votre mot de passe pour y entrer.
mail-first-access-button = Choisir mon mot de passe
mail-first-access-not-you = Vous n'avez rien demandé ? Ignorez ce message : aucun accès ne sera créé.
mail-forgotten-password-subject = Choisissez un nouveau mot de passe
mail-forgotten-password = Vous avez demandé à choisir un nouveau mot de passe pour votre espace client { $value }.
mail-forgotten-password-button = Choisir un nouveau mot de passe
mail-forgotten-password-not-you = Ce n'était pas vous ? Ignorez ce message : votre mot de passe actuel reste valable.
mail-invitation-subject = Votre invitation à l'espace { $value }
mail-invitation = { $by } vous invite à rejoindre l'espace { $brand } pour { $party }.
mail-invitation-button = Accepter l'invitation
mail-invitation-not-you = Vous ne connaissez pas cette personne ? Ignorez ce message : aucun accès ne sera créé.
mail-confirm-address-subject = Confirmez votre adresse e-mail
mail-confirm-address = Confirmez que cette adresse est la vôtre pour y recevoir les messages de votre espace client { $value }.
mail-confirm-address-button = Confirmer mon adresse
mail-confirm-address-not-you = Vous n'avez rien demandé ? Ignorez ce message : cette adresse ne sera pas utilisée.
mail-new-device-subject = Nouvelle connexion à votre espace client
mail-new-device = Quelqu'un s'est connecté à votre espace client { $value } depuis un appareil que nous ne connaissions pas. Si c'était vous, vous n'avez rien à faire.
mail-new-device-not-you = Ce n'était pas vous ? Changez votre mot de passe sans attendre, puis contactez-nous : { $value }
mail-password-changed-subject = Votre mot de passe a été modifié
mail-password-changed = Le mot de passe de votre espace client { $value } vient d'être modifié. Si c'était vous, vous n'avez rien à faire.
mail-address-changed-subject = Votre adresse e-mail a été modifiée
mail-address-changed = Les messages de votre espace client { $value } arriveront désormais à une autre adresse. C'est le dernier que vous recevez ici.
mail-identifier-changed-subject = Votre identifiant a été modifié
mail-identifier-changed = L'identifiant de votre espace client { $value } vient d'être modifié. Si c'était vous, vous n'avez rien à faire.
mail-numbers-changed-subject = Vos numéros de contact ont été modifiés
mail-numbers-changed = Les numéros auxquels { $value } peut vous joindre viennent d'être modifiés. Si c'était vous, vous n'avez rien à faire.
mail-changed-not-you = Ce n'était pas vous ? Contactez-nous sans attendre : { $value }
mail-test-subject = Message d'essai
mail-test = Ce message d'essai confirme que { $value } peut envoyer des e-mails. Vous n'avez rien à faire.
mail-when = Date
mail-device = Appareil
mail-network-address = Adresse IP
mail-new-address = Nouvelle adresse
mail-new-identifier = Nouvel identifiant
mail-lasts-minutes = { $count ->
    [one] Ce lien est valable { $number } minute et ne sert qu'une fois.
   *[other] Ce lien est valable { $number } minutes et ne sert qu'une fois.
 }
mail-lasts-days = { $count ->
    [one] Ce lien est valable { $number } jour et ne sert qu'une fois.
   *[other] Ce lien est valable { $number } jours et ne sert qu'une fois.
 }
mail-label = { $value } :
mail-copy-link = Si le bouton ne répond pas, copiez cette adresse dans votre navigateur :
mail-footer = Message automatique envoyé par { $value }. Nous ne demandons jamais votre mot de passe par e-mail.
mail-codes-switched-on-subject = Les codes à usage unique sont activés
mail-codes-switched-on = Votre espace client { $value } demande désormais un code à usage unique après votre mot de passe. Si c'était vous, vous n'avez rien à faire.
mail-codes-switched-off-subject = Les codes à usage unique sont désactivés
mail-codes-switched-off = Votre espace client { $value } ne demande plus de code à usage unique : votre mot de passe suffit. Si c'était vous, vous n'avez rien à faire.
mail-recovery-code-used-subject = Un code de secours a été utilisé
mail-recovery-code-used = Un code de secours a remplacé votre code à usage unique dans votre espace client { $value }. Si c'était vous, vous n'avez rien à faire.
mail-recovery-left = Codes de secours restants
mail-passkey = Clé d'accès
mail-passkey-added-subject = Une clé d'accès a été ajoutée
mail-passkey-added = Une nouvelle clé d'accès permet désormais d'entrer dans votre espace client { $value }. Si c'était vous, vous n'avez rien à faire.
mail-passkey-removed-subject = Une clé d'accès a été retirée
mail-passkey-removed = Une clé d'accès ne permet plus d'entrer dans votre espace client { $value }. Si c'était vous, vous n'avez rien à faire.
mail-address-asked-subject = Changement d'adresse e-mail demandé
mail-address-asked = Quelqu'un a demandé que les messages de votre espace client { $value } aillent à une autre adresse. Si c'était vous, vous n'avez rien à faire ici : suivez le lien envoyé à la nouvelle adresse.
mail-effect = Prend effet
mail-effect-at-once = Dès la confirmation
mail-effect-hours = { $count ->
    [one] { $number } heure après la confirmation
   *[other] { $number } heures après la confirmation
 }
mail-not-me-button = Ce n'était pas moi
mail-not-me = Vous annulez ainsi le changement, fermez toutes les sessions et recevez un lien pour choisir un nouveau mot de passe. Un doute ? Contactez-nous : { $value }
mail-lasts-hours = { $count ->
    [one] Ce lien est valable { $number } heure et ne sert qu'une fois.
   *[other] Ce lien est valable { $number } heures et ne sert qu'une fois.
 }
mail-address-held = À la suite d'une demande à notre service client, les messages de votre espace client { $value } iront à une autre adresse. Si c'était vous, vous n'avez rien à faire.
mail-effect-now = Maintenant
mail-effect-in-hours = { $count ->
    [one] Dans { $number } heure
   *[other] Dans { $number } heures
 }
mail-second-factor-removed-subject = Vos codes et clés d'accès sont retirés
mail-second-factor-removed = À la suite d'une demande à notre service client, les codes à usage unique et les clés d'accès de votre espace client { $value } sont retirés : votre mot de passe suffit. Si c'était vous, vous n'avez rien à faire.
mail-access-taken-away-subject = Votre accès est retiré
mail-access-taken-away = Vous n'avez plus accès à l'espace { $value } pour { $party }. Vos sessions sont fermées.
mail-access-given-back-subject = Votre accès est rétabli
mail-access-given-back = Vous avez de nouveau accès à l'espace { $value } pour { $party }. Connectez-vous avec votre mot de passe habituel.
mail-line-joined-subject = Votre ligne n'a plus d'accès séparé
mail-line-joined = Votre ligne est de nouveau réunie avec le compte de { $party } dans l'espace { $value }. Votre accès séparé n'existe plus.
mail-access-question = Une question ? Contactez-nous : { $value }
mail-line = Ligne
mail-esim-ready-subject = Votre eSIM est prête à installer
mail-esim-ready = Votre eSIM { $value } attend votre téléphone.
mail-esim-step-wifi = Connectez le téléphone au Wi-Fi.
mail-esim-step-scan = Dans les réglages, ajoutez une eSIM et scannez le code QR affiché sur un autre écran.
mail-esim-step-code = Saisissez le code de confirmation à six chiffres, envoyé par SMS à un autre numéro sur demande.
mail-esim-by-hand = Sans code QR : sur iPhone, saisissez l’adresse SM-DP+ et le code d’activation ; sur Android, le code complet.
mail-esim-ready-help = Une eSIM s’installe une seule fois : une fois installée, ne la supprimez pas du téléphone. Une question ? Contactez-nous : { $value }
mail-sims-asked-subject = { $value } : vos cartes SIM sont commandées
mail-sims-asked = Votre commande de cartes SIM vierges est enregistrée. Nous vous écrirons dès leur expédition.
mail-sims-sent-subject = { $value } : vos cartes SIM sont en route
mail-sims-sent = Vos cartes SIM vierges sont en route. Quand vous les recevez, confirmez leur arrivée sur la page de la livraison : elles pourront alors servir.
mail-debit-begun-subject = Votre prélèvement automatique est en place
mail-debit-begun = Les factures de votre compte { $value } seront désormais prélevées sur le compte bancaire indiqué ci-dessous. Chaque prélèvement vous est annoncé au moins 14 jours avant.
mail-debit-changed-subject = Votre compte bancaire prélevé a changé
mail-debit-changed = Les factures de votre compte { $value } seront désormais prélevées sur un autre compte bancaire. L'ancien mandat est terminé. Si c'était vous, vous n'avez rien à faire.
mail-debit-ended-subject = Votre prélèvement automatique est arrêté
mail-debit-ended = Les factures de votre compte { $value } ne seront plus prélevées : elles se paieront par virement ou par carte.
mail-debit-account = Compte de facturation
mail-debit-before = Ancien compte bancaire
mail-debit-after = Nouveau compte bancaire
mail-debit-iban = Compte bancaire
mail-debit-mandate = Mandat (RUM)
mail-debit-creditor = Créancier (ICS)
mail-invoices-elsewhere-subject = L'adresse de vos factures a changé
mail-invoices-elsewhere = Les nouvelles factures de votre compte { $value } seront désormais annoncées à l'adresse ci-dessous. Si c'était vous, vous n'avez rien à faire.
mail-invoices-nowhere = Les nouvelles factures de votre compte { $value } ne seront plus annoncées par e-mail. Elles restent dans votre espace client.
mail-debit-announced-subject = Un prélèvement est prévu
mail-debit-announced = Le montant ci-dessous sera prélevé pour votre compte { $value }. Vous pouvez vous y opposer jusqu'à la date indiquée.
mail-debit-invoice = Facture
mail-debit-amount = Montant
mail-debit-on = Date du prélèvement
mail-debit-came-back-subject = Un prélèvement n'a pas abouti
mail-debit-once-more = Votre banque n'a pas accepté un prélèvement pour votre compte { $value }. Il sera présenté une nouvelle fois à la date indiquée : veillez à ce que le compte soit approvisionné.
mail-debit-pay-otherwise = Votre banque n'a pas accepté un prélèvement pour votre compte { $value }. Réglez ce montant par virement ou par carte : il ne sera pas prélevé de nouveau.
mail-payment-received-subject = Paiement reçu
mail-payment-given-back-subject = Remboursement
mail-payment-received = Nous avons bien reçu votre paiement. { $value } vous remercie.
mail-payment-given-back = { $value } vous rembourse sur la carte qui avait servi à payer. Selon votre banque, le montant arrive en quelques jours.
mail-payment-button = Voir le paiement
mail-payment-sign-in = Connectez-vous pour voir le détail de vos factures et paiements.
