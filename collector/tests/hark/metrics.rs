//! `/metrics`, read by the rules of the format as a stranger would:
//! <https://prometheus.io/docs/instrumenting/exposition_formats/>.

use crate::client;
use crate::refusals::EVENTS;
use crate::shop::{Shop, response};
use std::collections::{BTreeMap, BTreeSet};

/// Every figure by its name with labels, and each family's type. Whatever breaks a rule fails the test.
struct Scrape {
    figures: BTreeMap<String, f64>,
    types: BTreeMap<String, String>,
}

impl Scrape {
    fn of(shop: &Shop) -> Self {
        let answer = shop.gets("/metrics", &[]);
        assert_eq!(answer.header("content-type"), "text/plain; version=0.0.4");
        let text = answer.text();
        assert!(text.ends_with('\n'), "the last line ends as well");
        let mut scrape = Self {
            figures: BTreeMap::new(),
            types: BTreeMap::new(),
        };
        let (mut helped, mut family) = (BTreeSet::new(), String::new());
        for line in text.lines() {
            if let Some(help) = line.strip_prefix("# HELP ") {
                let (name, words) = help.split_once(' ').expect(line);
                assert!(
                    helped.insert(name.to_owned()) && !words.is_empty(),
                    "{line}"
                );
                family = name.to_owned();
            } else if let Some(of_type) = line.strip_prefix("# TYPE ") {
                let (name, kind) = of_type.split_once(' ').expect(line);
                assert_eq!(name, family, "help and type stand together");
                assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
                assert_eq!(kind == "counter", name.ends_with("_total"), "{line}");
                let known = scrape.types.insert(family.clone(), kind.to_owned());
                assert_eq!(known, None, "each family once: {line}");
            } else {
                scrape.figure(line, &family);
            }
        }
        scrape.histograms_are_whole();
        scrape
    }

    fn figure(&mut self, line: &str, family: &str) {
        let (name, value) = line.rsplit_once(' ').expect(line);
        let bare = name.split('{').next().unwrap_or_default();
        let endings: &[&str] = match &self.types[family][..] {
            "histogram" => &["_bucket", "_sum", "_count"],
            _ => &[""],
        };
        let belongs = endings
            .iter()
            .any(|ending| bare == format!("{family}{ending}"));
        assert!(belongs, "`{line}` stands in the family `{family}`");
        let is_of_a_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ':';
        assert!(bare.chars().all(is_of_a_name), "{line}");
        if let Some(labels) = name.strip_prefix(bare).filter(|labels| !labels.is_empty()) {
            let labels = labels
                .strip_prefix('{')
                .and_then(|labels| labels.strip_suffix('}'));
            for label in labels.expect(line).split(',') {
                let (label, value) = label.split_once('=').expect(line);
                assert!(label.chars().all(is_of_a_name), "{line}");
                assert!(
                    value.len() > 2 && value.starts_with('"') && value.ends_with('"'),
                    "{line}"
                );
            }
        }
        let value: f64 = value.parse().expect(line);
        assert!(value >= 0.0, "{line}");
        assert_eq!(
            self.figures.insert(name.to_owned(), value),
            None,
            "each once: {line}"
        );
    }

    /// Buckets grow, and the last of them is the count.
    fn histograms_are_whole(&self) {
        let mut series = BTreeMap::<String, Vec<(f64, f64)>>::new();
        for (name, &count) in &self.figures {
            if let Some((before, bound)) = name.split_once("le=\"") {
                let bound = bound.trim_end_matches("\"}").replace("+Inf", "inf");
                let rest = before
                    .trim_end_matches([',', '{'])
                    .replace("_bucket", "_count");
                let labels = if rest.contains('{') { "}" } else { "" };
                let bound = bound.parse().expect(name);
                series
                    .entry(rest + labels)
                    .or_default()
                    .push((bound, count));
            }
        }
        assert!(series.len() > 8, "{series:?}");
        for (name, mut buckets) in series {
            buckets.sort_by(|a, b| a.0.total_cmp(&b.0));
            assert!(
                buckets.is_sorted_by(|a, b| a.1 <= b.1),
                "{name}: {buckets:?}"
            );
            let last = buckets.last().expect("buckets");
            assert_eq!(
                (last.0, last.1),
                (f64::INFINITY, self.figures[&name]),
                "{name}"
            );
        }
    }

    fn get(&self, name: &str) -> f64 {
        let figure = self.figures.get(name).copied();
        figure.unwrap_or_else(|| panic!("`{name}` is not in {:#?}", self.figures))
    }
}

#[test]
fn metrics_tell_of_the_journal() {
    let shop = Shop::new();
    assert_eq!(shop.hears(&response(1)).status, 200);
    assert_eq!(shop.hears(&response(1)).status, 200);
    let scrape = Scrape::of(&shop);
    for (name, value) in [
        ("hark_journal_lines_total", 1.0),
        ("hark_journal_duplicates_total", 1.0),
        ("hark_journal_known_keys", 1.0),
        ("hark_journal_queued_deliveries", 0.0),
        ("hark_journal_sync_seconds_count", 1.0),
        ("hark_journal_freshness_seconds_count", 2.0),
        (
            "hark_completed_total{site=\"demo\",survey=\"checkout-effort\"}",
            1.0,
        ),
    ] {
        assert!(
            (scrape.get(name) - value).abs() < 1e-9,
            "{name}: {}",
            scrape.get(name)
        );
    }
}

#[test]
fn metrics_tell_of_answers_by_route_status_and_reason() {
    let shop = Shop::new();
    assert_eq!(shop.hears(&response(1)).status, 200);
    assert_eq!(shop.hears(&"no JSON").status, 400);
    assert_eq!(shop.gets(EVENTS, &[]).status, 405);
    assert_eq!(shop.gets("/nowhere", &[]).status, 404);
    assert_eq!(shop.gets("/v1/sites/demo/surveys", &[]).status, 200);
    assert_eq!(client::send(shop.address, b"no HTTP\r\n\r\n").status, 400);
    let large = format!("GET / HTTP/1.1\r\nx: {}\r\n\r\n", "x".repeat(9_000));
    assert_eq!(client::send(shop.address, large.as_bytes()).status, 431);
    crate::wait::until(
        "both are counted, once their connections have ended",
        || {
            let scrape = Scrape::of(&shop);
            let cut = |why| {
                scrape.get(&format!(
                    "hark_http_connections_cut_total{{reason=\"{why}\"}}"
                ))
            };
            cut("not-http") + cut("large-header") > 1.5
        },
    );
    let scrape = Scrape::of(&shop);
    for (name, value) in [
        ("hark_http_request_seconds_count{route=\"events\"}", 3.0),
        ("hark_http_request_seconds_count{route=\"surveys\"}", 1.0),
        ("hark_http_request_seconds_count{route=\"other\"}", 1.0),
        ("hark_http_responses_total{status=\"400\"}", 1.0),
        ("hark_http_responses_total{status=\"404\"}", 1.0),
        ("hark_http_refusals_total{reason=\"not-json\"}", 1.0),
        ("hark_http_refusals_total{reason=\"no-such-path\"}", 1.0),
        ("hark_http_refusals_total{reason=\"wrong-method\"}", 1.0),
        (
            "hark_http_refusals_total{reason=\"too-many-requests\"}",
            0.0,
        ),
    ] {
        assert!(
            (scrape.get(name) - value).abs() < 1e-9,
            "{name}: {}",
            scrape.get(name)
        );
    }
    assert!(scrape.get("hark_http_connections") >= 1.0, "this one");
    let most = scrape.get("hark_http_connections_limit");
    assert!(most > 1.0 && most < scrape.get("process_max_fds"), "{most}");
    assert!(scrape.get("process_open_fds") > 3.0);
    assert!(scrape.get("process_resident_memory_bytes") > 1e6);
    assert!(scrape.get("process_cpu_seconds_total") >= 0.0);
}
