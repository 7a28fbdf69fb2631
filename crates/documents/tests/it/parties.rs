//! Sellers and buyers of every sort.

use billing::{Address, Buyer, ElectronicAddress, LegalId, Seller};

fn address(lines: &[&str], postcode: &str, town: &str, country: &str) -> Address {
    Address {
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        postcode: postcode.into(),
        town: town.into(),
        country: country.parse().unwrap(),
    }
}

fn electronic(scheme: &str, address: &str) -> Option<ElectronicAddress> {
    Some(ElectronicAddress { scheme: scheme.into(), address: address.into() })
}

pub(crate) fn french_seller() -> Seller {
    Seller {
        name: "Vallée Communications SAS".into(),
        trading_name: Some("Vallée".into()),
        legal_form: "SAS au capital de 100 000 €, RCS Colmar".into(),
        legal_id: LegalId { scheme: "0002".into(), number: "732829320".into() },
        vat_number: "FR44732829320".into(),
        address: address(&["12 rue des Tanneurs"], "68000", "Colmar", "FR"),
        electronic: electronic("0225", "732829320"),
        telephone: "03 89 00 00 00".into(),
        email: "factures@vallee.example".into(),
        colour: "#1d6f42".into(),
        logo: None,
    }
}

pub(crate) fn belgian_seller() -> Seller {
    Seller {
        name: "Zenne Mobile SA/NV".into(),
        trading_name: Some("Zenne".into()),
        legal_form: "SA/NV, RPM/RPR Bruxelles/Brussel".into(),
        legal_id: LegalId { scheme: "0208".into(), number: "0403170701".into() },
        vat_number: "BE0403170701".into(),
        address: address(&["Boulevard Anspach 1"], "1000", "Bruxelles", "BE"),
        electronic: electronic("0208", "0403170701"),
        telephone: "02 000 00 00".into(),
        email: "invoices@zenne.example".into(),
        colour: "#7c3aed".into(),
        logo: None,
    }
}

pub(crate) fn household() -> Buyer {
    Buyer {
        name: "Mme Élise Schœn".into(),
        business: false,
        reference: "C-104 233".into(),
        account: "A-104233-1".into(),
        legal_id: None,
        vat_number: None,
        address: address(&["Appartement 12", "8 quai de la Lauch"], "68000", "Colmar", "FR"),
        electronic: None,
    }
}

pub(crate) fn french_business() -> Buyer {
    Buyer {
        name: "Menuiserie R&D Muller SARL".into(),
        business: true,
        reference: "C-200 871".into(),
        account: "Chantiers <Nord>".into(),
        legal_id: Some(LegalId { scheme: "0002".into(), number: "552100554".into() }),
        vat_number: Some("FR15552100554".into()),
        address: address(&["Zone artisanale", "4 rue de l’Étang"], "68120", "Richwiller", "FR"),
        electronic: electronic("0225", "552100554"),
    }
}

pub(crate) fn belgian_business() -> Buyer {
    Buyer {
        name: "Brouwerij De Zwaan NV".into(),
        business: true,
        reference: "K-3301".into(),
        account: "Verkoop".into(),
        legal_id: Some(LegalId { scheme: "0208".into(), number: "0202239951".into() }),
        vat_number: Some("BE0202239951".into()),
        address: address(&["Kaai 21"], "2000", "Antwerpen", "BE"),
        electronic: electronic("0208", "0202239951"),
    }
}

pub(crate) fn foreign_business(country: &str, vat_number: Option<&str>, address_on_peppol: (&str, &str)) -> Buyer {
    Buyer {
        name: "Grenzland GmbH".into(),
        vat_number: vat_number.map(Into::into),
        legal_id: None,
        address: address(&["Hauptstraße 5"], "79100", "Freiburg", country),
        electronic: electronic(address_on_peppol.0, address_on_peppol.1),
        ..french_business()
    }
}
