//! The real binary, seen from outside: over HTTP, on disk and by its exit codes.

#[cfg(test)]
mod alerts;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod certificates;
#[cfg(test)]
mod check;
#[cfg(test)]
mod client;
#[cfg(test)]
mod cors;
#[cfg(test)]
mod dashboard;
#[cfg(test)]
mod doorway;
#[cfg(test)]
mod durability;
#[cfg(test)]
mod elsewhere;
#[cfg(test)]
mod escaping;
#[cfg(test)]
mod figures;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod http2;
#[cfg(test)]
mod inbox;
#[cfg(test)]
mod intake;
#[cfg(test)]
mod keeping;
#[cfg(test)]
mod kpi;
#[cfg(test)]
mod leftovers;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod logs;
#[cfg(test)]
mod masking;
#[cfg(test)]
mod metrics;
#[cfg(test)]
mod new;
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod owners;
#[cfg(test)]
mod patience;
#[cfg(test)]
mod quota;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod receiver;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod rehearsal;
#[cfg(test)]
mod reload;
#[cfg(test)]
mod report;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod seeded;
#[cfg(test)]
mod serving;
#[cfg(test)]
mod shop;
#[cfg(test)]
mod start;
#[cfg(test)]
mod tls;
#[cfg(test)]
mod traces;
#[cfg(test)]
mod wait;
#[cfg(test)]
mod watch;
