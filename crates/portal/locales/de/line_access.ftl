### Der eigene Zugang eines Anschlusses

menu-line-access = Zugänge
line-access-title = Zugang je Anschluss
line-access-lead = Geben Sie einem Anschluss einen eigenen Zugang: Wer ihn nutzt, sieht nur diesen, und nur diese Person sieht dessen Verbrauch.
line-access-own = Eigener Zugang
line-access-holder = Inhaber des Zugangs
line-access-since = Getrennt seit
line-access-give = Diesem Anschluss Zugang geben
line-access-give-lead = Die Person erhält eine E-Mail, wählt ein Passwort und meldet sich mit der Nummer des Anschlusses an. Sie sehen den Anschluss und seine Kosten weiterhin, aber nicht mehr, wofür er genutzt wird.
line-access-join = Wieder zusammenführen
line-access-join-lead = Das Passwort dieses Zugangs ist nötig: So wissen wir, dass sein Inhaber einverstanden ist. Der Zugang und seine Sitzungen werden gelöscht.
line-access-password = Passwort des Zugangs
line-access-wrong-password = Das ist nicht das Passwort dieses Zugangs. Es wurde nichts geändert: Fragen Sie den Inhaber danach und versuchen Sie es noch einmal.
line-access-done-split = Die Einladung ist unterwegs. Bis sie angenommen ist, ändert sich nichts.
line-access-done-joined = Der Anschluss hat keinen eigenen Zugang mehr.
line-is-private = Dieser Anschluss hat einen eigenen Zugang
line-is-private-lead = Nur dessen Inhaber sieht den Verbrauch. Sie sehen, was er kostet.
