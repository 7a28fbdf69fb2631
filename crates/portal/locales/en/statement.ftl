statement = Statement
statement-title = Statements of { $value }
statement-lead = What was included and what was charged, month by month, record by record.
statement-records =
    { $count ->
        [one] { $number } usage record
       *[other] { $number } usage records
    }
statement-pdf = Download the PDF
statement-csv = Download as CSV
statement-too-many = The statement of a month holds { $value } records at most. This month has more: ask customer service for it.
statement-in-parts = The PDF comes in parts of { $value } records, each with the totals of the month.
statement-pdf-part = PDF, part { $value }
statement-erased = The details of this month have been erased, as the law requires. The invoices remain available.
statement-numbers = Numbers of other parties
statement-numbers-hidden = On statements and usage details of invoices, the last four digits are hidden.
statement-numbers-whole = On statements and usage details of invoices, numbers are shown in full, as the holder asked.
statement-show-numbers = Show numbers in full
statement-hide-numbers = Hide the last four digits
statement-hour = Time
statement-abroad = From
statement-unit = Unit
statement-of-which-charged = Of which charged
statement-verdict = Outcome
statement-seconds = seconds
statement-messages = messages
statement-bytes = bytes
invoice-usage = Usage details
invoice-usage-private = Only their users see what these lines use.
invoice-usage-too-many = The document holds { $value } records at most. This invoice has more: download the statements line by line.
invoice-usage-nothing = There is no usage behind this invoice.
journal-line-numbers-shown = Display of numbers on statements changed
journal-numbers-whole = in full
journal-numbers-hidden = last four digits hidden
invoice-usage-in-parts = The usage details come in several parts:
