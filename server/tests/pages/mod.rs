//! Where addresses lead, and what is served beside the pages.

mod assets;
mod care;
mod connections;
mod country;
mod demo_site;
mod facets;
mod goals;
mod health;
mod installation;
mod path_rules;
mod privacy;
mod start;
mod views;
