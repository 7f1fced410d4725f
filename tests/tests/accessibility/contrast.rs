//! Colours that a shop sets: what the card says on them can be read.

use crate::shop_with_every_kind;
use e2e::Visitor;
use serde_json::json;

/// Sets the shop's colours and gives four contrasts: of the button, of what is chosen, of the question, of the
/// comment's border; and the question's colour beside the one that was wished for. All are painted, so that
/// the browser itself says what they are.
const CONTRASTS: &str = "const host = document.querySelector('hark-survey'), root = host.shadowRoot; \
     const [accent, surface, text] = COLOURS; host.style = ''; \
     for (const [name, colour] of Object.entries({ accent, surface, text })) \
       if (colour) host.style.setProperty('--hark-' + name, colour); \
     const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true }); \
     const painted = (colour) => { context.fillStyle = colour; context.fillRect(0, 0, 1, 1); \
       return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3) }; \
     const luminance = (colour) => { const [r, g, b] = painted(colour).map((part) => { const share = part / 255; \
       return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4 }); \
       return 0.2126 * r + 0.7152 * g + 0.0722 * b }; \
     const contrast = (colours) => { const [high, low] = colours.map(luminance).sort((a, b) => b - a); \
       return (high + 0.05) / (low + 0.05) }; \
     const style = (part) => getComputedStyle(root.querySelector(part)); \
     const ground = style('section').backgroundColor; \
     const onItself = ({ color, backgroundColor }) => contrast([color, backgroundColor]); \
     return [onItself(style('[part=next]')), onItself(style('[part=option]:has(:checked)')), \
       contrast([style('legend').color, ground]), contrast([style('textarea').borderTopColor, ground]), \
       painted(style('legend').color), painted(text ?? 'red')]";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_can_be_read_in_any_colours_of_the_shop() {
    let shop = shop_with_every_kind().await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    visitor
        .runs("await hark('explain'); hark('show', 'numbers')")
        .await;
    visitor.card().await.focuses_the_scale().await;
    visitor.presses(thirtyfour::Key::Space).await;
    for (accent, surface, text) in [
        (None, None, None),
        (Some("#ffd400"), None, None),
        (Some("#001f3f"), None, None),
        (Some("#8c8c8c"), None, None),
        (Some("hotpink"), Some("#ffe9f2"), Some("#5a0030")),
        (Some("oklch(0.7 0.2 140)"), Some("#101010"), Some("#cfcfcf")),
        (Some("#fff"), Some("#000"), None),
        (Some("#767676"), Some("#808080"), None),
        (Some("#060"), Some("#123456"), Some("#ffe9a8")),
        (None, Some("#777"), None),
    ] {
        let colours = json!([accent, surface, text]);
        let script = CONTRASTS.replace("COLOURS", &colours.to_string());
        let found = visitor.runs(&script).await;
        let contrasts = (0..4).map(|of| found[of].as_f64().unwrap_or_else(|| panic!("{found}")));
        for (contrast, (least, of)) in contrasts.zip([
            (4.5, "what is on the button"),
            (4.5, "what is chosen"),
            (4.5, "the question"),
            (3.0, "the border"),
        ]) {
            assert!(contrast >= least, "{of} in {colours}: {contrast:.2} : 1");
        }
        // A shop's own colour of text is left as it is.
        assert!(text.is_none() || found[4] == found[5], "{colours}: {found}");
    }
    visitor.leaves().await;
}
