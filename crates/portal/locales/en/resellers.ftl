menu-resellers = Resellers
resellers-lead = Who resells your offers, and the company that you bill for its customers' lines.
resellers-none = You have no resellers.
resellers-without =
    { $count ->
        [one] One reseller has lines in service and no company: nobody is billed for its lines.
       *[other] { $number } resellers have lines in service and no company: nobody is billed for their lines.
    }
reseller = Reseller
reseller-open = Billing of the reseller
reseller-host = Site address
reseller-customers = Customers
reseller-lines = Lines in service
reseller-company = Company billed
reseller-no-company = To be named
reseller-last-invoice = Last invoice
reseller-not-billed = No company is named: nobody is billed for the lines of this reseller's customers.
reseller-company-note = Each month it receives one invoice for all lines of the reseller's customers.
reseller-kept = The details are saved. The next invoice will use them.
reseller-legal-name = Legal name
reseller-legal-id = Registration number
reseller-legal-id-hint = In France the SIREN (9 digits) or the SIRET (14 digits); in Belgium the enterprise number (10 digits).
reseller-vat-number = VAT number
reseller-country = Country
reseller-email = E-mail for invoices
reseller-email-hint = Leave empty to tell the reseller's people who see invoices.
reseller-language = Language of invoices
reseller-no-name = Enter the legal name, in 70 characters at most.
reseller-no-country = “{ $value }” is not a country that is offered: choose one from the list.
reseller-siren-missing = Enter the company's SIREN or SIRET.
reseller-siren-digits = “{ $value }” is neither a SIREN (9 digits) nor a SIRET (14 digits).
reseller-siren-check = “{ $value }” has a mistake: a digit is wrong, or two have changed places. Check the SIREN.
reseller-enterprise-missing = Enter the company's enterprise number.
reseller-enterprise-digits = “{ $value }” is not a Belgian enterprise number: it has 10 digits and begins with 0 or 1.
reseller-enterprise-check = “{ $value }” has a mistake: a digit is wrong, or two have changed places. Check the enterprise number.
reseller-legal-id-missing = Enter the company's number in the register of its country, in 30 characters at most.
reseller-vat-country = “{ $value }” does not begin with the code of a country of the European Union, such as FR or BE.
reseller-vat-wrong = “{ $value }” is not a valid VAT number: check its digits.
reseller-vat-other = “{ $value }” is not this company's VAT number: it does not match its registration number or its country.
reseller-vat-missing = Enter the VAT number: without it, a company of that country ({ $value }) cannot be billed under the reverse charge.
reseller-no-language = “{ $value }” is not a language of your invoices: choose one from the list.
invoice-received-from = Received from { $value }
invoice-issued-by-you = Issued
invoice-lines-file = By line (CSV)
invoice-summed =
    { $count ->
        [one] This invoice is for one line. What it costs is in the CSV file.
       *[other] This invoice adds { $number } lines up. What each of them costs is in the CSV file.
    }
invoice-lines-reference = Customer reference
invoice-lines-number = Line
invoice-lines-user = User
invoice-lines-offer = Offer
invoice-lines-item = Item
invoice-lines-amount = Amount excl. VAT
bills-without-company =
    { $count ->
        [one] No company is named: nobody is billed for { $number } line.
       *[other] No company is named: nobody is billed for { $number } lines.
    }
bills-without-company-title = Resellers not billed
journal-reseller-company = Company of a reseller
