voicemail = Voicemail
voicemail-lead = Hear your messages here or on your telephone.
voicemail-new = New messages
voicemail-kept = Kept messages
voicemail-room = { $count } of { $most } places taken
voicemail-home = From your telephone
voicemail-abroad = From abroad or another telephone
voicemail-full = The voicemail is full: callers cannot leave messages any more. Delete some to make room.
voicemail-messages = Messages
voicemail-keeps = { $count ->
    [one] Erased after { $number } day
   *[other] Erased after { $number } days
 }
voicemail-none = You have no messages.
voicemail-hidden = Number withheld
voicemail-is-new = New
voicemail-until = erased on
voicemail-keep = Keep
voicemail-delete = Delete
voicemail-download = Download
voicemail-delete-all = Delete all messages
voicemail-delete-all-asked = { $count ->
    [one] The message and its recording will be erased for good.
   *[other] The { $number } messages and their recordings will be erased for good, also those that you have not heard yet.
 }
voicemail-back = Back to the voicemail
voicemail-done-kept = The message is kept.
voicemail-done-deleted = The message is deleted.
voicemail-done-emptied = All messages are deleted.
voicemail-done-greeting = Your greeting is saved.
voicemail-done-greeting-removed = Your greeting is removed: callers hear the standard one.
voicemail-done-code = Your new code is saved.
voicemail-done-mail = New messages will be sent to you by e-mail.
voicemail-done-mail-off = Messages are not sent by e-mail any more.
voicemail-mail-lead = You receive each new message with its recording, the caller's number, the date and the length. It also stays in the voicemail.
voicemail-mail-send = Send new messages by e-mail
voicemail-mail-address = E-mail address
voicemail-mail-wrong = Give a complete e-mail address, such as name@example.org.
voicemail-mail-wait = The address was changed too often today. Try again tomorrow.
voicemail-greeting = Greeting
voicemail-greeting-since = Your greeting, since
voicemail-greeting-none = Callers hear the standard greeting.
voicemail-greeting-remove = Back to the standard greeting
voicemail-greeting-file = Recording
voicemail-greeting-hint = A WAV or Opus file (.ogg) of at most { $size } and { $seconds } seconds.
voicemail-greeting-save = Use this greeting
voicemail-sound-empty = Choose a file: this one is empty, or none was chosen.
voicemail-sound-too-large = This file is larger than { $value }.
voicemail-sound-unknown = This file is neither WAV nor Opus.
voicemail-sound-unplayable = This recording cannot be played here. Save it as WAV (8 or 16 bits) or Opus.
voicemail-sound-damaged = This file is incomplete or damaged.
voicemail-sound-too-short = This recording is too short.
voicemail-sound-too-long = { $count ->
    [one] This recording is longer than { $number } second.
   *[other] This recording is longer than { $number } seconds.
 }
voicemail-code = Secret code
voicemail-code-set = set
voicemail-code-none = not set
voicemail-code-lead = It is asked for when you call the voicemail from another telephone. Without a code, it answers your own line only.
voicemail-code-new = New code
voicemail-code-again = The same code once more
voicemail-code-digits = { $least } to { $most } digits.
voicemail-code-save = Save the code
voicemail-code-easy = This code is too easy to guess: avoid digits that are the same or follow each other.
voicemail-code-own-number = This code is the end of your number: everybody knows it.
voicemail-code-not-alike = The two codes are not the same.
voicemail-keys = The keys of the telephone
voicemail-keys-lead = Dial { $value } and follow the voice.
voicemail-key-messages = Messages
voicemail-key-hear = hear, or hear again
voicemail-key-next = next message
voicemail-key-keep = keep
voicemail-key-delete = delete
voicemail-key-settings = Settings
voicemail-key-greeting = record the greeting
voicemail-key-code = change the code
voicemail-key-back = Back, or leave the voicemail
journal-voicemail-messages-deleted = Deleted voicemail messages
journal-voicemail-greeting-set = Changed the greeting
journal-voicemail-greeting-removed = Removed the greeting
journal-voicemail-code-set = Changed the code of the voicemail
journal-voicemail-code-refused = Code of the voicemail refused too often
journal-voicemail-messages-expired = Erased voicemail messages whose time was over
journal-voicemail-emptied = Erased the voicemail of a line that ended
journal-tries = Tries
mailbox-file = Attachment
mail-voicemail-message-subject = { $value }: new voicemail message
mail-voicemail-message = Somebody left a message on your voicemail of { $value }. The recording is attached.
mail-voicemail-caller = From
mail-voicemail-length = Length
mail-voicemail-mail-subject = { $value }: your voicemail messages by e-mail
mail-voicemail-mail = Messages on the voicemail of this line of { $value } now go, with their recordings, to the address below.
mail-voicemail-mail-off = Messages on the voicemail of this line of { $value } are not sent to this address any more.
