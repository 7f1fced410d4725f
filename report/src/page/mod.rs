//! Pages in one file: HTML with its style inside and its charts as SVG. Nothing is loaded, nothing runs.

pub(crate) mod chart;
pub(crate) mod escape;

use escape::escaped;

const STYLE: &str = include_str!("page.css");

/// A whole page around its contents, which must be escaped already.
pub(crate) fn page(title: &str, contents: &str) -> String {
    let title = escaped(title);
    format!(
        "<!doctype html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"color-scheme\" content=\"light dark\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">
<title>{title}</title>
<style>
{STYLE}</style>
</head>
<body>
<main>
{contents}</main>
</body>
</html>
"
    )
}

/// A table; every cell must be escaped already.
pub(crate) fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    let row = |tag: &str, cells: &mut dyn Iterator<Item = String>| {
        let cells: String = cells.map(|cell| format!("<{tag}>{cell}</{tag}>")).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let head = row("th", &mut heads.iter().map(|head| escaped(head)));
    let body: String = rows
        .iter()
        .map(|cells| row("td", &mut cells.iter().cloned()))
        .collect();
    format!(
        "<div class=\"wide\"><table>\n<thead>{head}</thead>\n<tbody>\n{body}</tbody></table></div>\n"
    )
}

/// A chart with the same numbers as a table, for whoever cannot see it or wants to copy them.
pub(crate) fn figure(caption: &str, chart: &str, table: &str) -> String {
    let caption = escaped(caption);
    format!(
        "<figure><figcaption>{caption}</figcaption>\n{chart}<details><summary>Numbers</summary>\n{table}</details></figure>\n"
    )
}
