//! What is said when there is nothing to say, and where it was looked for.

use super::wrap;
use crate::segments::events_folder;
use crate::summary::Report;

pub(super) fn block(report: &Report) -> Vec<String> {
    let folder = events_folder(&report.data_dir);
    let (folder, read) = (folder.display(), report.lines.read);
    let filters = report.query.filters();
    if read == 0 {
        vec![
            format!("No answers yet: there is no line in `{folder}`"),
            "  the first is written when a shopper sees a survey of `hark serve`".to_owned(),
        ]
    } else if filters.is_empty() {
        vec![format!(
            "No answers yet: none of the {read} lines in `{folder}` counts"
        )]
    } else {
        let mut lines = vec![format!(
            "No answers: none of the {read} lines in `{folder}` is about"
        )];
        lines.extend(filters.into_iter().map(|filter| format!("  {filter}")));
        for nearest in report.nearest.iter().chain(&report.nearest_site) {
            lines.extend(wrap::wrap(&format!("  did you mean `{nearest}`?"), 4));
        }
        lines
    }
}
