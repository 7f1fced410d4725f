//! What the words before a number say it is: somebody's telephone, or an order, a parcel, an article.

use super::glyphs::{COVERED, Glyphs};
use std::sync::LazyLock;

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

/// Words that tell, in lower case.
struct Words {
    whole: Vec<&'static str>,
    /// Beginnings of words.
    stems: Vec<&'static str>,
    /// In scripts that put other letters right before and behind.
    parts: Vec<&'static str>,
}

impl Words {
    fn new(whole: &'static str, stems: &'static str, parts: &'static str) -> Self {
        Self {
            whole: whole.split(' ').collect(),
            stems: stems.split(' ').collect(),
            parts: parts.split(' ').collect(),
        }
    }

    /// Where the last of them begins.
    fn last(&self, window: &str) -> Option<usize> {
        let is_ours = |word: &&str| {
            self.whole.contains(word) || self.stems.iter().any(|stem| word.starts_with(stem))
        };
        let mut spelled = window.split(|glyph: char| !glyph.is_alphanumeric());
        let word = spelled.rfind(|word| !word.is_empty() && is_ours(word));
        // A piece of `window`: the distance of their beginnings is its place.
        let word = word.map(|word| word.as_ptr().addr() - window.as_ptr().addr());
        let parts = self.parts.iter().filter(|_| !window.is_ascii());
        let part = parts.filter_map(|part| window.rfind(part)).max();
        word.max(part)
    }
}

/// For telephones and for calling.
static TELEPHONE: LazyLock<Words> = LazyLock::new(|| {
    Words::new(
        "\
         tel tél tlf tfn fon ph mob gsm cel cell bel bellen ring ara ruf rufen sms тел τηλ",
        "\
         telefo teléfo teleph téléph phone fone mobil móvil movil cellul celul call whatsapp watsap \
         handy rückruf anruf angeruf zurückruf portable appel rappel joind llam llám chiam contatt \
         telemó telemo ligar ligue zadzwo dzwo komórk ringa viber arayın телефон звон",
        "\
         电话 電話 手机 手機 联系 聯絡 聯繫 致电 微信 携帯 连絡 連絡先 전화 핸드폰 휴대폰 연락 هاتف \
         جوال موبايل تلفون اتصل واتس טלפון נייד להתקשר โทร",
    )
});

/// For things with a number.
static THING: LazyLock<Words> = LazyLock::new(|| {
    Words::new(
        "id sku ean gtin isbn upc asin ref réf vat imei item",
        "\
         order bestel beställ auftrag rechnung sendung paket kundennummer kundennr artikel articl \
         artícul articol gutschein commande factu fatur fattur faktur colis suivi référence \
         reference refer pedido seguim envío cupón ordine spedizi codi códi code zamówi zamowi \
         przesył paczk leverans sipariş siparis kargo encomend invoice track parcel shipment ticket \
         product produ prodo serial serien voucher coupon receipt cart transac booking",
        "\
         订单 訂單 单号 單號 运单 運單 快递 快遞 编号 編號 货号 注文 伝票 追跡 受注 番号 주문 송장 \
         طلب شحن فاتور הזמנ משלוח חשבונית заказ",
    )
});

/// Signs for a number of something.
const SIGNS: [char; 2] = ['#', '№'];

/// What the nearest telling word before this glyph says, if one does.
pub(super) fn before(glyphs: &Glyphs, start: usize, around: Around<'_>) -> Option<About> {
    let is_far = |glyph: char| glyph.is_ascii_digit() || matches!(glyph, COVERED | '[' | '\n');
    let mut window_start = start;
    while start - window_start < FARTHEST && !is_far(glyphs.before(window_start, 1)) {
        window_start -= 1;
    }
    let window = glyphs.folded.get(window_start..start).unwrap_or_default();
    let window: String = window
        .iter()
        .flat_map(|glyph| glyph.to_lowercase())
        .collect();
    let said = nearest(&window);
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
    if !window.contains(|glyph: char| glyph.is_alphabetic() || SIGNS.contains(&glyph)) {
        return None;
    }
    let telephone = TELEPHONE.last(window);
    let thing = THING.last(window).max(window.rfind(SIGNS));
    match (telephone, thing) {
        (None, None) => None,
        (telephone, thing) if telephone > thing => Some(About::Telephone),
        _ => Some(About::Thing),
    }
}
