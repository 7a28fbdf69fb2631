### Usage and its prices

journal = Usage journal
journal-kinds = Kinds of usage
journal-none = No usage matches
tab-all = All
tab-voice = Voice
tab-value-added = Value-added
tab-messages = SMS & MMS
tab-data = Data
direction = Direction
direction-made = Made
direction-received = Received
direction-forwarded = Forwarded
from = From
to = To
charged-only = Out of bundle only
column-when = Date and time
column-what = Usage
column-party = Other party
column-destination = Destination
column-quantity = Quantity
column-price = Price excl. VAT
usage-call-made = Call made
usage-call-received = Call received
usage-call-forwarded = Call forwarded
usage-sms-sent = SMS sent
usage-sms-received = SMS received
usage-mms-sent = MMS sent
usage-mms-received = MMS received
usage-data = Data session
roaming-in = from: { $value }
verdict-included = Included
verdict-free = Free
verdict-stopped = Blocked
verdict-slowed = Slowed
verdict-charged = Charged
why = Why?
why-of = Usage of { $value }
why-this-price = Why this price?
part-included = Included in “{ $value }”
part-free = Free
part-charged = Charged at the tariff “{ $value }”
part-stopped = Blocked at the end of the allowance
part-slowed = Slowed at the end of the allowance, at no charge
part-counted = { $quantity } counted as { $counted } ({ $rounding })
rounding-minute = per started minute
rounding-increment = in steps of { $value }
part-connection-fee = { $value } connection fee
part-balance = Left before: { $before }; after: { $after }
part-unlimited = Without limit this month
rule = Rule:
count-calls = { $count ->
    [one] { $number } call
   *[other] { $number } calls
 }
count-sessions = { $count ->
    [one] { $number } session
   *[other] { $number } sessions
 }
count-sent = { $number } sent
count-sms = { $number } SMS
count-mms = { $number } MMS
record = Record
line = Line
where-from = From
zone = Zone
access = Access
access-mobile = Mobile network
access-vowifi = Wi-Fi calling
access-fixed = Fixed line
record-reference = Reference
catalogue-version = Catalogue in force since { $value }
