//! A page of one's own, which is not the demo shop, with every state of the card in one picture.

use super::*;
use thirtyfour::Key;

/// What a bookshop has on its page before the tag is pasted.
const BOOKSHOP: &str = "<meta name=viewport content='width=device-width,initial-scale=1'><style> \
     :root { color-scheme: light dark } body { font: 17px/1.5 Georgia, serif; margin: 0; padding: 0 18px } \
     header { margin: 0 -18px 18px; padding: 14px 18px; background: #24443c; color: #fff; font-size: 22px } \
     body > p:has(#pay) { display: none } article { border-block-end: 1px solid #8886; padding-block: 6px } \
     h2 { margin: 0; font-size: 19px } article p { margin: 0; opacity: 0.8 }</style>";

/// A page of one's own with every state of the card on a phone, as one sheet for `docs/appearance.md`.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_ones_own_in_every_state_in_chromium() {
    let follow_ups = "[[follow_up]]\nwhen = \"low\"\nkind = \"choices\"\nwording = \"abandon\"\n\
         [[follow_up]]\nwhen = \"low\"\n[[follow_up]]\nwhen = \"high\"\nkind = \"contact\"";
    let link = "\n[thanks]\nlink = { url = \"https://shop.example/help\", \
         text = { en = \"Help\", fr = \"Aide\", ar = \"مساعدة\" } }";
    let shop = Shop::open(&[
        ("nps", &format!("metric = \"nps\"\n{follow_ups}")),
        ("ces", "metric = \"ces\"\nwording = \"find\""),
        (
            "smileys",
            "metric = \"csat\"\nstyle = \"smileys\"\n[[follow_up]]\nkind = \"choice\"\nwording = \"abandon\"",
        ),
        (
            "inline",
            "metric = \"ces\"\n[appearance]\ninline = \"header\"",
        ),
        (
            "csat",
            &format!("metric = \"csat\"\nstyle = \"stars\"\n{follow_ups}{link}"),
        ),
        ("tab", "metric = \"nps\"\n[appearance]\nposition = \"tab\""),
    ])
    .await;
    for (name, language, direction, dark, title, books) in [
        (
            "french",
            "fr",
            "ltr",
            false,
            "Fernlight, librairie",
            [
                ("L'Étranger", "Albert Camus"),
                ("Germinal", "Émile Zola"),
                ("Indiana", "George Sand"),
                ("Candide", "Voltaire"),
            ],
        ),
        (
            "arabic",
            "ar",
            "rtl",
            true,
            "مكتبة Fernlight",
            [
                ("الأيام", "طه حسين"),
                ("زقاق المدق", "نجيب محفوظ"),
                ("النبي", "جبران خليل جبران"),
                ("رجال في الشمس", "غسان كنفاني"),
            ],
        ),
    ] {
        let books = books
            .map(|(book, author)| format!("<article><h2>{book}</h2><p>{author}</p></article>"));
        let page = Host::new()
            .in_language(language, direction)
            .with_head(BOOKSHOP)
            .with(&format!("<header>{title}</header>{}", books.concat()))
            .with(&shop.tag("data-consent=denied"));
        let visitor = Visitor::with_phone().await;
        if dark {
            visitor.prefers_dark().await;
        }
        visitor.opens(&page.opens().await).await;
        visitor.runs("await hark('explain')").await;
        let toward = if direction == "rtl" {
            Key::Left
        } else {
            Key::Right
        };
        let sheet = Sheet::new(&visitor);
        sheet.add("tab").await;
        let shows = async |survey: &str| {
            visitor.runs(&format!("hark('show', '{survey}')")).await;
            let card = visitor.card().await;
            card.part("scale").await;
            card
        };
        let card = shows("nps").await;
        sheet.add("scale").await;
        card.clicks("next").await;
        sheet.add("error").await;
        card.focuses_the_scale().await;
        visitor.presses(Key::Space).await;
        visitor.presses(toward).await;
        sheet.add("scale").await;
        card.chooses(3).await;
        card.picks("shipping").await;
        sheet.add("choice").await;
        card.clicks("submit").await;
        card.types(title).await;
        sheet.add("comment").await;
        shows("ces").await;
        sheet.add("scale").await;
        shows("inline").await;
        sheet.add("scale").await;
        let card = shows("smileys").await;
        sheet.add("scale").await;
        card.chooses(4).await;
        sheet.add("choice").await;
        // Nothing is pointed at in what comes.
        visitor.moves_along(&[(20, 20)]).await;
        let card = shows("csat").await;
        sheet.add("scale").await;
        card.chooses(5).await;
        card.fills("contact", "ada").await;
        card.clicks("submit").await;
        sheet.add("error").await;
        card.fills("contact", "ada@shop.example").await;
        card.clicks("submit").await;
        sheet.add("error").await;
        card.ticks_the_box().await;
        card.clicks("submit").await;
        sheet.add("thanks").await;
        assert_eq!(visitor.console().await, Vec::<String>::new(), "{name}");
        sheet
            .photographs(&pictures().join(format!("{name}.png")))
            .await;
        visitor.leaves().await;
    }
}

/// Photographs on one sheet, at half their size.
struct Sheet<'v> {
    visitor: &'v Visitor,
    folder: TempDir,
    count: Cell<usize>,
}

impl<'v> Sheet<'v> {
    fn new(visitor: &'v Visitor) -> Self {
        Self {
            visitor,
            folder: tempfile::tempdir().expect("a folder"),
            count: Cell::new(0),
        }
    }

    /// Photographs what is seen, once this part is and nothing moves.
    async fn add(&self, part: &str) {
        self.visitor.card().await.part(part).await;
        self.visitor.has_looked_for(300.0).await;
        let file = format!("{}.png", self.count.replace(self.count.get() + 1));
        self.visitor
            .photographs(&self.folder.path().join(file))
            .await;
    }

    async fn photographs(&self, file: &Path) {
        let style = "<style>body { margin: 0; display: grid; grid-template-columns: repeat(5, 195px); \
             gap: 10px; padding: 10px; background: #999 } img { width: 195px; display: block }</style>";
        let images: String = (0..self.count.get())
            .map(|image| format!("<img src={image}.png>"))
            .collect();
        let sheet = self.folder.path().join("sheet.html");
        std::fs::write(&sheet, [style, &images].concat()).expect("a sheet");
        let height = self.count.get().div_ceil(5) * 432 + 10;
        self.visitor.looks_through(1_035, height as u32).await;
        self.visitor
            .opens(&format!("file://{}", sheet.display()))
            .await;
        self.visitor.photographs(file).await;
    }
}
