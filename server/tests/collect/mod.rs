//! Collection, from a request to rows.

mod durability;
mod faults;
mod forget;
mod hostile;
mod identity;
mod journeys;
mod nodes;
mod outcomes;
mod privacy;
mod references;
mod retention;
mod rules;
mod schema;
mod site_rules;
