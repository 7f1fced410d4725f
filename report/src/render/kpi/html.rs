//! Shop figures as a page in one file.

use super::{head, interval, measures, purchases, sentence, value};
use crate::kpi::{BandKpi, Kpi, Level, Measure, SiteKpi, StageKpi};
use crate::page::{escape, page, table};
use crate::verdict::thousands;

/// Shop figures as a page that loads nothing and runs nothing.
#[must_use]
pub fn html(kpi: &Kpi) -> String {
    let mut body = "<h1>Shop figures</h1>\n".to_owned();
    let filters = kpi.query.filters();
    if !filters.is_empty() {
        body += &paragraph("soft", &format!("Only {}", filters.join(", ")));
    }
    for site in &kpi.sites {
        body += &site_section(site);
    }
    if kpi.sites.is_empty() {
        body += &paragraph("", super::NOTHING);
    }
    body += &paragraph("soft", &format!("95 % intervals: {}.", super::METHODS));
    page("Hark shop figures", &body)
}

fn site_section(site: &SiteKpi) -> String {
    let mut section = format!("<h2>{}</h2>\n", escape::escaped(&site.site));
    if let Some(moved) = &site.moved {
        let class = if moved.difference < 0.0 {
            "lead warn"
        } else {
            "lead"
        };
        let lead = paragraph(class, &sentence(&moved.verdict()));
        section += &format!("<section class=\"panel\">\n{lead}</section>\n");
    }
    section += &paragraph("", &format!("{}.", purchases(&site.purchases)));
    for stage in &site.stages {
        section += &stage_section(stage);
    }
    section += "<h3>What cannot be known from these events</h3>\n<ul>\n";
    for said in &site.unknown {
        section += &format!("<li>{}</li>\n", escape::escaped(said));
    }
    section + "</ul>\n"
}

fn stage_section(stage: &StageKpi) -> String {
    let title = escape::escaped(stage.stage.title());
    let mut heads = vec!["by score"];
    heads.extend(stage.bands.iter().map(head));
    let sessions = stage.bands.iter().map(|band| thousands(band.sessions));
    let mut rows = vec![
        ["sessions".to_owned()]
            .into_iter()
            .chain(sessions)
            .collect::<Vec<_>>(),
    ];
    rows.extend(
        measures(stage)
            .into_iter()
            .map(|measure| row(stage, measure)),
    );
    let verdict = stage
        .verdict()
        .map_or_else(String::new, |verdict| paragraph("", &(verdict + ".")));
    format!("<h3>{title}</h3>\n{verdict}{}", table(&heads, &rows))
}

fn row(stage: &StageKpi, measure: Measure) -> Vec<String> {
    let cell = |band: &BandKpi| {
        let level: Level = band.levels.get(&measure).copied().unwrap_or_default();
        let interval = interval(measure, &level);
        let rest = match (interval.as_str(), level.n == band.sessions) {
            ("", true) => String::new(),
            ("", false) => format!("n = {}", thousands(level.n)),
            (interval, true) => interval.to_owned(),
            (interval, false) => format!("{interval}, n = {}", thousands(level.n)),
        };
        let value = escape::escaped(&value(measure, &level)).replace(" %", "\u{a0}%");
        format!(
            "{value}<br><span class=\"soft\">{}</span>",
            escape::escaped(&rest)
        )
    };
    let label = escape::escaped(measure.label());
    [label]
        .into_iter()
        .chain(stage.bands.iter().map(cell))
        .collect()
}

fn paragraph(class: &str, text: &str) -> String {
    let class = if class.is_empty() {
        String::new()
    } else {
        format!(" class=\"{class}\"")
    };
    format!("<p{class}>{}</p>\n", escape::escaped(text))
}
