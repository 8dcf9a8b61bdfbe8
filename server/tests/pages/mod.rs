//! Where addresses lead, and what is served beside the pages.

mod assets;
mod country;
mod demo_site;
mod health;
mod start;
