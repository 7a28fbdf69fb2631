//! The portal on real databases, asked as a browser asks and as an enemy does, without a network between.

mod addresses;
mod attack;
mod bank_files;
mod bills;
mod brand;
mod client;
mod crawl;
mod credit_note;
mod desk;
mod dunning;
mod invoices;
mod journal;
mod known;
mod network_callback;
mod noted_payment;
mod orders_file;
mod pages;
mod profile_progress;
mod resellers;
mod retail;
mod revenue;
mod second_factor;
mod statement;
mod telephone_changes;
mod tenants;
mod voicemail;
