//! Accounts, sign-in, and what is closed without it.

mod guards;
mod outage;
mod set_up;
mod sign_in;
mod sign_out;
