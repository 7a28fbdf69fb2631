//! How the demo's brands look and speak: logos that were drawn for it, where people turn to, what stands at the foot of their pages.

/// What a brand has besides its name and colour.
#[derive(Clone, Copy, Debug)]
pub struct DemoDress {
    /// Drawings on light and on dark ground, as SVG.
    pub logos: [&'static str; 2],
    /// Its colour on dark ground, `#rrggbb`.
    pub colour_on_dark: &'static str,
    /// Where people call; empty for nowhere.
    pub telephone: &'static str,
    /// Where people write.
    pub email: &'static str,
    /// Where letters go.
    pub postal_address: &'static str,
    /// Its legal notice, by language.
    pub notice: &'static [(&'static str, &'static str)],
}

macro_rules! logos {
    ($name:literal) => {
        [include_str!(concat!("../logos/", $name, "-light.svg")), include_str!(concat!("../logos/", $name, "-dark.svg"))]
    };
}

/// The dress of the brand at a host of the demo.
pub(crate) fn dress(host: &str) -> DemoDress {
    match host {
        "vallee.localhost" => VALLEE,
        "grandlarge.localhost" => GRAND_LARGE,
        "horizon.grandlarge.localhost" => HORIZON,
        "armor.grandlarge.localhost" => ARMOR,
        _ => ZENNE,
    }
}

const VALLEE: DemoDress = DemoDress {
    logos: logos!("vallee"),
    colour_on_dark: "#4cc79a",
    telephone: "03 53 01 00 00",
    email: "bonjour@vallee.example",
    postal_address: "2 place du Moulin\n67990 Bellerive",
    notice: &[
        (
            "fr",
            "# Éditeur\nRégie municipale Vallée, 2 place du Moulin, 67990 Bellerive. Directeur de la publication : Bernard Wolff.\n\n\
             # Opérateur fictif\nVallée n’existe pas : ce portail est une démonstration. Personne ne s’y abonne, aucun numéro n’y sonne.",
        ),
        (
            "de",
            "# Herausgeber\nStadtwerk Vallée, 2 place du Moulin, 67990 Bellerive. Verantwortlich: Bernard Wolff.\n\n\
             # Erfundener Betreiber\nVallée gibt es nicht: Dieses Portal ist eine Vorführung. Niemand schließt hier einen Vertrag, keine Nummer klingelt.",
        ),
    ],
};

const GRAND_LARGE: DemoDress = DemoDress {
    logos: logos!("grandlarge"),
    colour_on_dark: "#6db8f3",
    telephone: "02 61 91 00 00",
    email: "support@grandlarge.example",
    postal_address: "14 quai des Goélands\n29990 Port-Avel",
    notice: &[(
        "fr",
        "# Éditeur\nGrand Large, 14 quai des Goélands, 29990 Port-Avel. Directrice de la publication : Hélène Kerbrat.\n\n\
         # Opérateur fictif\nGrand Large n’existe pas : ce portail est une démonstration.",
    )],
};

const HORIZON: DemoDress = DemoDress {
    logos: logos!("horizon"),
    colour_on_dark: "#c99be6",
    telephone: "02 61 91 10 00",
    email: "bonjour@horizon.example",
    postal_address: "8 rue du Levant\n44990 Belle-Rade",
    notice: &[(
        "fr",
        "# Éditeur\nHorizon Télécom, 8 rue du Levant, 44990 Belle-Rade.\n\n\
         # Services\n- Lignes mobiles pour les entreprises\n- Cartes de données et objets connectés\n\n\
         # Opérateur fictif\nHorizon Télécom n’existe pas : ce portail est une démonstration.",
    )],
};

const ARMOR: DemoDress = DemoDress {
    logos: logos!("armor"),
    colour_on_dark: "#f2917f",
    telephone: "02 61 91 20 00",
    email: "contact@armor.example",
    postal_address: "3 venelle du Phare\n22990 Port-Glaz",
    notice: &[(
        "fr",
        "# Éditeur\nArmor Mobile, 3 venelle du Phare, 22990 Port-Glaz.\n\n\
         # Opérateur fictif\nArmor Mobile n’existe pas : ce portail est une démonstration.",
    )],
};

const ZENNE: DemoDress = DemoDress {
    logos: logos!("zenne"),
    colour_on_dark: "#f08fae",
    telephone: "",
    email: "desk@zenne.example",
    postal_address: "Kaai 7\n1990 Zennedal",
    notice: &[
        (
            "fr",
            "# Éditeur\nZenne, Kaai 7, 1990 Zennedal.\n\n# Opérateur fictif\nZenne n’existe pas : ce portail est une démonstration.",
        ),
        (
            "nl",
            "# Uitgever\nZenne, Kaai 7, 1990 Zennedal.\n\n# Verzonnen operator\nZenne bestaat niet: dit portaal is een demonstratie.",
        ),
        (
            "en",
            "# Publisher\nZenne, Kaai 7, 1990 Zennedal.\n\n# Invented operator\nZenne does not exist: this portal is a demonstration.",
        ),
    ],
};
