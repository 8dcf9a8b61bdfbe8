//! Collection, from a request to rows.

mod durability;
mod faults;
mod forget;
mod hostile;
mod identity;
mod journeys;
mod nodes;
mod origins;
mod outcomes;
mod outstanding;
mod privacy;
mod references;
mod retention;
mod rules;
mod schema;
mod signs;
mod site_rules;
