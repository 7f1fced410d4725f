//! Which themes a comment is heard to be about.

use super::*;
use crate::comments::normalise::normalised;

fn heard(lexicon: &Lexicon, text: &str, tag: &str) -> Vec<String> {
    let language = Language::of_tag(tag);
    let text = normalised(text, language);
    let places = Hearing::new(lexicon).themes_of(&text, language);
    let id = |place: usize| lexicon.themes()[place].id().to_owned();
    places.into_iter().map(id).collect()
}

#[test]
fn the_built_in_file_has_no_fault() {
    file::parse(STANDARD).unwrap();
}

#[test]
fn every_built_in_theme_has_a_name_and_words_in_seven_languages() {
    for theme in Lexicon::default().themes() {
        for tag in ["en", "fr", "de", "es", "nl", "zh-Hant", "zh-Hans"] {
            let language = Language::exactly(tag).unwrap();
            assert!(theme.names.contains_key(&language), "{} {tag}", theme.id);
            let count = theme.words.get(&language).map_or(0, Vec::len);
            assert!(count >= 10, "{} {tag}: {count}", theme.id);
        }
    }
}

#[test]
fn a_comment_is_about_every_theme_whose_words_it_has() {
    let lexicon = Lexicon::default();
    let rows = [
        ("Refund took a month", "en", vec!["returns"]),
        ("Livraison trop chère", "fr", vec!["delivery", "price"]),
        ("Größe stimmt nicht", "de", vec!["sizes"]),
        (
            "El botón de pagar no responde",
            "es",
            vec!["payment", "service", "site"],
        ),
        ("Kan niet betalen", "nl", vec!["payment"]),
        ("運費太貴", "zh-Hant", vec!["price"]),
        ("运费太贵", "zh-Hant", vec!["price"]),
        ("No measurements on the page", "en", vec!["sizes"]),
        ("lovely", "en", vec![]),
        ("Refund", "fi", vec![]),
    ];
    for (text, tag, expected) in rows {
        assert_eq!(heard(&lexicon, text, tag), expected, "{text}");
    }
}

/// Words that mean something of the shop in one sentence and nothing of it in another.
#[test]
fn a_word_of_two_meanings_is_heard_in_one_of_them_only() {
    let lexicon = Lexicon::default();
    let rows = [
        ("Nadie responde a mis correos", "es", vec!["service"]),
        ("Correos perdió el regalo", "es", vec!["delivery"]),
        ("La pagina principal es bonita", "es", vec![]),
        ("Buenas tardes, todo perfecto por la tarde", "es", vec![]),
        ("Llegó muy tarde", "es", vec!["delivery"]),
        ("En cambio, mi hermana lo adora", "es", vec![]),
        ("No guarden mis datos personales", "es", vec![]),
        ("Me llamó la atención el color", "es", vec![]),
        ("Ce livre est superbe", "fr", vec![]),
        ("Livreur très poli", "fr", vec!["delivery"]),
        ("Je n'arrive pas à me décider", "fr", vec![]),
        ("Vendez-vous dans mon pays ?", "fr", vec![]),
        ("Une belle paire de tasses", "fr", vec![]),
        ("Problème réglé, parfait", "fr", vec![]),
        ("J'aimerais avoir plus de couleurs", "fr", vec![]),
        ("J'attends un avoir", "fr", vec!["returns"]),
        ("Mes plantes adorent ce pot", "fr", vec![]),
        ("Le site plante", "fr", vec!["site"]),
        ("Passt alles!", "de", vec![]),
        ("Die Tasse passt nicht in den Halter", "de", vec!["sizes"]),
        ("Toller Shop", "de", vec![]),
        ("Tasse war kaputt", "de", vec![]),
        ("Das Bild hängt jetzt in der Küche", "de", vec![]),
        ("Oben links ist ein Kratzer", "de", vec![]),
        ("Ik vind de mokken mooi", "nl", vec![]),
        ("Kan de theepot niet vinden", "nl", vec!["search"]),
        ("Prachtige bank voor ons huis", "nl", vec![]),
        ("Past mooi bij het formaat van de tafel", "nl", vec![]),
        ("I find the mugs lovely", "en", vec![]),
        ("I cannot find the teapot", "en", vec!["search"]),
        ("A great deal of joy", "en", vec!["price"]),
        ("I had to deal with it alone", "en", vec![]),
        ("Slow courier", "en", vec!["delivery"]),
        ("The page is slow", "en", vec!["site"]),
        ("貴公司的杯子真美", "zh-Hant", vec![]),
        ("杯子太貴", "zh-Hant", vec!["price"]),
        ("贵公司的杯子真美", "zh-Hans", vec![]),
    ];
    let wrong: Vec<String> = rows
        .iter()
        .map(|(text, tag, expected)| (heard(&lexicon, text, tag), text, expected))
        .filter(|(found, _, expected)| found != *expected)
        .map(|(found, text, expected)| format!("{text}: {found:?}, not {expected:?}"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_file_of_the_shop_adds_replaces_and_removes() {
    let lexicon = Lexicon::with(
        r#"
[[theme]]
id = "glaze"
name = "glaze and colour"
words = { en = ["glaze*", "colo*r"] }
[[theme]]
id = "price"
words = { en = ["daylight robbery"] }
[[theme]]
id = "search"
change = "replace"
words = { en = ["finder"] }
[[theme]]
id = "service"
change = "remove"
"#,
    )
    .unwrap();
    let rows = [
        ("the glazes came off", vec!["glaze"]),
        ("daylight robbery, too expensive", vec!["price"]),
        ("too expensive", vec!["price"]),
        ("search and finder", vec!["search"]),
        ("search", vec![]),
        ("rude staff", vec![]),
    ];
    for (text, expected) in rows {
        assert_eq!(heard(&lexicon, text, "en"), expected, "{text}");
    }
    let own = lexicon.themes().last().unwrap();
    assert_eq!(own.name(Language::French), "glaze and colour");
}

#[test]
fn a_file_of_the_shop_may_do_without_the_built_in_themes() {
    let text = "standard = false\n[[theme]]\nid = \"glaze\"\nwords = { en = [\"glaze\"] }";
    assert_eq!(Lexicon::with(text).unwrap().themes().len(), 1);
}
