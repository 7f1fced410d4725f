//! What the words before a number say it is: somebody's telephone, or an order, a parcel, an article.

use super::glyphs::{COVERED, Glyphs};

/// What a text is, and so what stands before its beginning.
#[derive(Clone, Copy, Debug)]
pub(super) enum Around<'n> {
    /// Typed by a person.
    Text,
    /// Set by a page, by this name.
    Name(&'n str),
}

/// What a number is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// A person can be called there.
    Telephone,
    /// Something has this number.
    Thing,
}

/// How far before a number words still speak of it, in glyphs.
const FARTHEST: usize = 28;

/// Words for telephones that end there.
const TELEPHONE_WORDS: &str = "\
    tel tél tlf tfn fon ph mob gsm cel cell bel bellen ring ara ruf rufen sms тел τηλ";

/// Beginnings of words for telephones and for calling.
const TELEPHONE_STEMS: &str = "\
    telefo teléfo teleph téléph phone fone mobil móvil movil cellul celul call whatsapp watsap \
    handy rückruf anruf angeruf zurückruf portable appel rappel joind llam llám chiam contatt \
    telemó telemo ligar ligue zadzwo dzwo komórk ringa viber arayın телефон звон";

/// The same in scripts that put other letters right before and behind.
const TELEPHONE_PARTS: &str = "\
    电话 電話 手机 手機 联系 聯絡 聯繫 致电 微信 携帯 连絡 連絡先 전화 핸드폰 휴대폰 연락 هاتف \
    جوال موبايل تلفون اتصل واتس טלפון נייד להתקשר โทร";

/// Words for things with a number that end there.
const THING_WORDS: &str = "id sku ean gtin isbn upc asin ref réf vat imei item";

/// Beginnings of words for things with a number.
const THING_STEMS: &str = "\
    order bestel beställ auftrag rechnung sendung paket kundennummer kundennr artikel articl \
    artícul articol gutschein commande factu fatur fattur faktur colis suivi référence \
    reference refer pedido seguim envío cupón ordine spedizi codi códi code zamówi zamowi \
    przesył paczk leverans sipariş siparis kargo encomend invoice track parcel shipment ticket \
    product produ prodo serial serien voucher coupon receipt cart transac booking";

/// The same in scripts that put other letters right before and behind.
const THING_PARTS: &str = "\
    订单 訂單 单号 單號 运单 運單 快递 快遞 编号 編號 货号 注文 伝票 追跡 受注 番号 주문 송장 \
    طلب شحن فاتور הזמנ משלוח חשבונית заказ # №";

/// What the nearest telling word before this glyph says, if one does.
pub(super) fn before(glyphs: &Glyphs, start: usize, around: Around<'_>) -> Option<About> {
    let is_far = |glyph: char| glyph.is_ascii_digit() || matches!(glyph, COVERED | '[' | '\n');
    let mut window_start = start;
    while start - window_start < FARTHEST && !is_far(glyphs.before(window_start, 1)) {
        window_start -= 1;
    }
    let window = glyphs.folded.get(window_start..start).unwrap_or_default();
    let said = nearest(
        &window
            .iter()
            .flat_map(|glyph| glyph.to_lowercase())
            .collect::<String>(),
    );
    match around {
        Around::Name(name) if said.is_none() && window_start == 0 => {
            let said = nearest(&spelled(name));
            // A value that begins with digits is a number of something.
            said.or((start == 0).then_some(About::Thing))
        }
        _ => said,
    }
}

/// A name in code as words: `customerPhone` is `customer phone`.
fn spelled(name: &str) -> String {
    let mut words = String::new();
    for character in name.chars() {
        if character.is_uppercase() || matches!(character, '_' | '-' | '.') {
            words.push(' ');
        }
        words.extend(character.to_lowercase());
    }
    words
}

fn nearest(window: &str) -> Option<About> {
    let telephone = last(window, TELEPHONE_WORDS, TELEPHONE_STEMS, TELEPHONE_PARTS);
    let thing = last(window, THING_WORDS, THING_STEMS, THING_PARTS);
    match (telephone, thing) {
        (None, None) => None,
        (telephone, thing) if telephone > thing => Some(About::Telephone),
        _ => Some(About::Thing),
    }
}

/// Where the last of these words begins.
fn last(window: &str, words: &str, stems: &str, parts: &str) -> Option<usize> {
    let part = parts.split(' ').filter_map(|part| window.rfind(part)).max();
    let is_ours = |word: &&str| {
        let mut stems = stems.split(' ');
        words.split(' ').any(|other| other == *word) || stems.any(|stem| word.starts_with(stem))
    };
    let mut spelled = window.split(|glyph: char| !glyph.is_alphanumeric());
    let word = spelled.rfind(|word| !word.is_empty() && is_ours(word));
    // A part of `window`: the distance of their beginnings is its place.
    part.max(word.map(|word| word.as_ptr().addr() - window.as_ptr().addr()))
}
