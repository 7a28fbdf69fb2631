heading-invoice = Invoice
heading-credit-note = Credit note
corrects = This credit note corrects invoice { $number } of { $day }.
page-of = Page { $page } of { $pages }
vat-number = VAT { $number }
register-siren = SIREN { $number }
register-enterprise = Enterprise number { $number }
register-other = Register { $number }

fact-number = Number
fact-issued = Date
fact-period = Period
fact-customer = Customer reference
fact-account = Billing account
fact-company = Company number
fact-vat-number = VAT number

hero-due = To pay
hero-due-text = by { $day }
hero-debit = Collected automatically
hero-debit-text = on { $day }, there is nothing for you to do
hero-nothing-text = no payment is needed
hero-credit = In your favour
hero-credit-text = credited to your account

chart-title = Your last months, including VAT

summary-title = At a glance
chapter-subscriptions = Plans and options
chapter-usage = Usage outside your allowance
chapter-once = One-off purchases and fees
chapter-discounts = Discounts
sum-net = Total excluding VAT
sum-vat = VAT { $rate } on { $base }
sum-reverse-charge = Reverse charge, on { $base }
sum-exempt = Exempt from VAT, on { $base }
sum-out-of-scope = Outside the scope of VAT, on { $base }
sum-gross = Total including VAT
sum-rounding = VAT is calculated on the total of each rate and rounded to the cent.

pay-transfer = Pay by bank transfer
pay-beneficiary = Beneficiary
pay-iban = IBAN
pay-bic = BIC
pay-amount = Amount
pay-reference =
    { $country ->
        [BE] Communication
       *[other] Payment reference
    }
pay-due = Due date
pay-qr-alt = QR code of the transfer, to be scanned with your banking app
pay-qr-hint = Scan with your banking app
pay-debit = SEPA Direct Debit
pay-debit-text = The amount will be collected on { $day } from account { $iban }. If your bank details have changed, please update them in your account area before then.
pay-mandate = Mandate reference
pay-creditor = Creditor identifier
pay-nothing = Nothing to pay
pay-nothing-text = No payment is needed for this invoice.
pay-credit = Refund
pay-credit-text = This amount is set against what you owe, or paid back to you if nothing is outstanding.

details-title = In detail
details-account = Your account
details-summed =
    { $lines ->
        [one] { $shown } line
       *[other] { $shown } lines
    }
details-summed-text = What each line costs is in the CSV file of this invoice, on your site.
head-charge = Description
head-period = Period
head-vat = VAT
head-amount = Net amount

item-activation = Activation
item-activation-of = Activation: { $name }
item-minimum = Top-up to the monthly minimum
item-bundle = Bundle discount
item-esim = eSIM profile
item-sim-swap = Replacement SIM card
item-correction = Usage of { $month }
item-free = Other
item-usage =
    { $kind ->
        [voice]
            { $reach ->
                [home] National calls
                [special] Calls to special numbers
                [abroad] Calls to other countries
                [roaming] Calls while abroad
               *[any] Calls
            }
        [sms]
            { $reach ->
                [home] National texts
                [special] Texts to special numbers
                [abroad] Texts to other countries
                [roaming] Texts while abroad
               *[any] Texts
            }
        [mms]
            { $reach ->
                [home] National picture messages
                [special] Picture messages to special numbers
                [abroad] Picture messages to other countries
                [roaming] Picture messages while abroad
               *[any] Picture messages
            }
       *[data]
            { $reach ->
                [roaming] Mobile data abroad
               *[any] Mobile data
            }
    }

count-pieces = { $pieces } × { $each }
count-days =
    { $days ->
        [one] { $days } day of { $of }, at { $each } a month
       *[other] { $days } days of { $of }, at { $each } a month
    }
count-lines =
    { $lines ->
        [one] { $shown } line
       *[other] { $shown } lines
    }
count-lines-by-days =
    { $lines ->
        [one] { $shown } line, pro rata, at { $each } a month
       *[other] { $shown } lines, pro rata, at { $each } a month
    }
count-share = your share of a total of { $whole }
count-calls =
    { $records ->
        [one] { $shown } call
       *[other] { $shown } calls
    }
count-messages =
    { $records ->
        [one] { $shown } message
       *[other] { $shown } messages
    }
count-sessions =
    { $records ->
        [one] { $shown } session
       *[other] { $shown } sessions
    }
count-records =
    { $records ->
        [one] { $shown } record
       *[other] { $shown } records
    }

no-recovery-fee = Private customer: no fixed recovery fee.
no-late-penalty = Private customer: no late payment penalty.
no-early-discount = No discount for early payment.
exempt-reverse-charge = Reverse charge
exempt-out-of-scope = Outside the scope of VAT
exempt-other = Exempt from VAT
terms-credit = To be set against your account or refunded

annex-title = Usage details of invoice { $number }
annex-heading = Usage details
annex-intro = Invoice { $number } of { $day }. Amounts excluding VAT.
annex-hidden = The last four digits of numbers are hidden. The holder of the line can ask for them to be shown.
annex-private = Not itemised, as only their users may see it: { $numbers }.
annex-when = Date and time
annex-kind = Kind
annex-party = Other party
annex-country = Country
annex-quantity = Quantity
annex-amount = Net amount
annex-included = included
annex-usage =
    { $kind ->
        [voice] Call
        [sms] Text
        [mms] Picture message
       *[data] Data
    }
