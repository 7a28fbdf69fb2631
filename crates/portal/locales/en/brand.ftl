brand-link = My brand
brands-title = Brands
brands-lead = Yours and those of your resellers.
brand-of-operator = Your brand
brand-of-reseller = Reseller: { $value }
brand-title = Brand { $value }
brand-lead = What your customers see: the portal, its colours, the emails it sends.
brand-looks = Name and logos
brand-name = Name
brand-name-hint = Shown in the title of every page and in emails.
brand-logo-light = Logo on light ground
brand-logo-dark = Logo on dark ground
brand-logo-now = Current logo
brand-logo-hint = PNG or SVG, { $value } at most, shown in a box of 120 × 60 pixels. Only shapes and colours are taken from an SVG: convert text to outlines. Without a logo for dark ground, the light one stands there on a white plate.
brand-remove-logo = Remove this logo
brand-choose-again = Nothing was saved: please choose this file again.
brand-colours = Colours
brand-colour = Main colour
brand-colour-hint = Buttons and links on light ground.
brand-colour-on-dark = Colour on dark ground
brand-colour-on-dark-hint = Left empty, it is made from the main colour.
brand-pick-colour = { $value }: choose from the palette
brand-readable = readable
brand-not-readable = too hard to read: { $value } is needed
brand-ratio = { $value } to 1
brand-take-colour = Take { $value }
brand-contact = Contact
brand-telephone = Telephone
brand-telephone-hint = At the foot of every page and in warning emails.
brand-email = Email
brand-email-hint = Replies to your emails arrive here.
brand-postal-address = Postal address
brand-sender = Sender of emails
brand-sender-name = Sender's name
brand-sender-name-hint = Left empty: the name of the brand.
brand-sender-address = Sender's address
brand-sender-address-hint = Left empty: the contact e-mail. Your domain has to allow the sending (SPF, DKIM).
brand-languages = Languages
brand-language-offered = Offered
brand-language-first = Default
brand-offer-language = Offer { $value }
brand-begin-with-language = Default: { $value }
brand-hosts = Addresses of the portal
brand-given-hosts = Given by the operator
brand-given-hosts-hint = One host name a line. The reseller cannot remove them.
brand-own-hosts = Your own host names
brand-own-hosts-hint = One a line, such as portal.example.com. Each has to point to this portal in your DNS.
brand-own-hosts-confirmed = A new name works once the operator has confirmed it.
brand-host = Host name
brand-hosts-waiting = Awaiting confirmation by the operator
brand-hosts-asked = Host names to confirm
brand-hosts-asked-lead = The reseller asks for these addresses for its portal. Check that they belong to it; they do not work before you confirm them.
brand-hosts-to-confirm =
    { $count ->
        [one] { $number } host name to confirm
       *[other] { $number } host names to confirm
    }
brand-host-confirm = Confirm
brand-host-refuse = Refuse
brand-host-confirmed = The host name is confirmed: the portal answers there from now on.
brand-host-refused = The host name is refused.
brand-save = Save
brand-done = The brand is saved. Your customers see it like this from now on.
brand-stale = Somebody else has changed this brand in the meantime. What you typed is below; saving it will replace theirs.
brand-stale-reload = See the saved version
brand-refused =
    { $count ->
        [one] Nothing was saved: one thing needs correcting.
       *[other] Nothing was saved: { $number } things need correcting.
    }
brand-empty = Fill in this field.
brand-too-long =
    { $count ->
        [one] { $number } character at most, without quotation marks or angle brackets.
       *[other] { $number } characters at most, without quotation marks or angle brackets.
    }
brand-no-colour = Write the colour like #0b6e4f.
brand-unreadable = Its contrast with white is only { $ratio }; { $needed } is needed. The nearest readable colour is { $nearest }.
brand-unreadable-on-dark = Its contrast with the dark ground is only { $ratio }; { $needed } is needed. The nearest readable colour is { $nearest }.
brand-no-telephone = This is not a telephone number. Write for example 020 7946 0000.
brand-no-address = This is not an e-mail address. Write for example hello@example.com.
brand-no-host = “{ $value }” is not a host name. Write it without protocol, port or path: portal.example.com.
brand-host-taken = “{ $value }” belongs to another brand. Choose another name.
brand-sender-taken = The domain “{ $value }” is another brand's. Use an address of your own domain.
brand-host-in-use = You are on “{ $value }”: come by another address to remove this one.
brand-too-many-hosts =
    { $count ->
        [one] { $number } host name at most.
       *[other] { $number } host names at most.
    }
brand-no-hosts = Without a host name, nobody finds the brand. Give at least one.
brand-no-language = Offer at least one language.
logo-too-large = This file is too large: { $value } at most.
logo-too-much = This picture is too big: sides of { $value } pixels at most for a PNG, a simple drawing for an SVG.
logo-neither = This file is neither a PNG nor an SVG. Choose a logo in one of these formats.
logo-broken = This file is damaged or incomplete. Export your logo again.
logo-empty = Nothing would be seen: the picture is transparent, or the SVG holds nothing but text or pictures. Turn text into paths.
brand-preview = Preview
brand-preview-lead = Nothing is saved before you click “Save”.
brand-preview-page = Page shown
brand-preview-sign-in = Sign-in
brand-preview-table = Table
brand-preview-mail = Email
brand-preview-button = Refresh
legal-pages = Legal pages
legal-lead = At the foot of every page, for everybody. An empty page is not shown.
legal-notice = Legal notice
legal-terms = Terms and conditions
legal-privacy = Privacy
legal-hint = Plain text. A line that begins with “#” is a heading, one with “-” an item of a list; an empty line separates paragraphs.
legal-done = The legal pages are saved.
legal-too-long = Nothing was saved: { $value } characters at most for each page and language.
