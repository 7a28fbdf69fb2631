//! Names of people who do not exist.

use crate::dice::Dice;

/// Family names of Alsace and of France.
pub(crate) const ALSATIAN: [&str; 64] = [
    "Schneider", "Meyer", "Muller", "Schmitt", "Klein", "Weber", "Fischer", "Wagner", "Keller", "Hoffmann", "Roth", "Zimmermann", "Walter",
    "Kieffer", "Schwartz", "Lang", "Heitz", "Wolff", "Kuntz", "Bauer", "Ehrhart", "Haas", "Jung", "Kessler", "Metz", "Oster", "Pfister",
    "Rieger", "Sutter", "Ulrich", "Vogel", "Wendling", "Ziegler", "Baumann", "Diebold", "Fritsch", "Gasser", "Hirtz", "Issler", "Kauffmann",
    "Lutz", "Martin", "Bernard", "Petit", "Robert", "Durand", "Moreau", "Simon", "Laurent", "Lefebvre", "Garcia", "Da Silva", "Yilmaz",
    "Benali", "Nguyen", "Kaya", "Haddad", "Rossi", "Ferreira", "Kowalski", "Diallo", "Traoré", "Collin", "Humbert",
];

/// First names in French.
pub(crate) const FRENCH_FIRST: [&str; 48] = [
    "Marie", "Jean", "Anne", "Pierre", "Sophie", "Michel", "Catherine", "Philippe", "Isabelle", "Nicolas", "Nathalie", "Christophe", "Camille",
    "Laurent", "Julie", "Thomas", "Céline", "Julien", "Émilie", "Antoine", "Léa", "Hugo", "Manon", "Lucas", "Chloé", "Mathieu", "Sarah",
    "Alexandre", "Inès", "Karim", "Fatima", "Mehdi", "Yasmine", "Olivier", "Valérie", "Bruno", "Sandrine", "Éric", "Aurélie", "Maxime",
    "Clara", "Romain", "Élodie", "Guillaume", "Louise", "Arthur", "Jeanne", "Paul",
];

/// Family names of Brittany and of France.
pub(crate) const FRENCH: [&str; 48] = [
    "Le Gall", "Tanguy", "Guéguen", "Le Goff", "Morvan", "Riou", "Kerbrat", "Cadiou", "Le Roux", "Prigent", "Martin", "Bernard", "Dubois",
    "Thomas", "Robert", "Richard", "Petit", "Durand", "Leroy", "Moreau", "Simon", "Laurent", "Lefèvre", "Michel", "Garcia", "David", "Bertrand",
    "Roux", "Vincent", "Fournier", "Morel", "Girard", "André", "Mercier", "Dupont", "Lambert", "Bonnet", "François", "Martinez", "Legrand",
    "Garnier", "Faure", "Rousseau", "Blanc", "Guérin", "Muller", "Benhamou", "Cissé",
];

/// First names in Belgium.
pub(crate) const BELGIAN_FIRST: [&str; 40] = [
    "Marc", "Luc", "Els", "Sofie", "Jan", "Wim", "Katrien", "Tom", "Lies", "Bart", "Emma", "Noah", "Louis", "Liesbeth", "Pieter", "An", "Koen",
    "Sven", "Tine", "Joris", "Marie", "Benoît", "Nathalie", "Olivier", "Céline", "Thierry", "Valérie", "Arnaud", "Élise", "Mehdi", "Samira",
    "Youssef", "Aïcha", "Dries", "Hanne", "Ruben", "Charlotte", "Maxime", "Julie", "Nicolas",
];

/// Family names in Belgium.
pub(crate) const BELGIAN: [&str; 48] = [
    "Peeters", "Janssens", "Maes", "Jacobs", "Mertens", "Willems", "Claes", "Goossens", "Wouters", "De Smet", "Dubois", "Lambert", "Dupont",
    "Martin", "Simon", "Laurent", "Leroy", "Renard", "Lemaire", "Gérard", "Van den Berghe", "Vermeulen", "De Vos", "Hermans", "Michiels",
    "Aerts", "Desmet", "Bogaert", "Pauwels", "Verhoeven", "Stevens", "Cools", "Segers", "Coppens", "El Amrani", "Benali", "Yildiz", "Kabongo",
    "Nowak", "Rossi", "Lefèvre", "Collard", "Denis", "Mathieu", "Thiry", "Van Damme", "Baert", "Smets",
];

/// Postcodes of the valley.
pub(crate) const VALLEY: [&str; 8] = ["67140", "67210", "67220", "67600", "67680", "67730", "68150", "68660"];

/// A first name and a family name.
pub(crate) fn person(dice: &mut Dice, first: &[&str], family: &[&str]) -> String {
    format!("{} {}", dice.pick(first), dice.pick(family))
}
