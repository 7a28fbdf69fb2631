//! Decided facts become bytes: invoices for people (PDF) and for machines (Factur-X, UBL), statements, files for banks; and what banks send back
//! becomes facts. It decides nothing: what an invoice says was decided by `billing` and is frozen.

pub mod sepa;
