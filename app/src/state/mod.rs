//! What the browser keeps while somebody looks: the address as data, the frame, the live sessions.

pub mod download;
pub mod facets;
pub mod frame;
pub mod kept;
pub mod live;
pub mod route;
pub mod rows;
pub mod shortcuts;
pub mod together;
pub mod way_back;
