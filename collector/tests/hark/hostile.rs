//! Requests that nobody sends by accident: each is answered with a 4xx, none with a 5xx, and nothing of
//! it is stored but what can be read by anybody.

mod bodies;
mod headers;
mod injection;
mod paths;
mod values;
