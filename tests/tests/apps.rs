//! Hark in an app made of components, by way of its npm package: the code of the guides, bundled and run.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

use e2e::{Host, Shop, Visitor, until};
use serde_json::json;

const ON_ORDER: (&str, &str) = (
    "after-order",
    "metric = \"csat\"\n[[trigger]]\non = \"event\"\nname = \"purchase\"\n\
     where = [{ attribute = \"value\", op = \"gte\", value = 50 }]",
);

/// Bundled by `cargo xtask test` out of the guides.
fn bundled(file: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/npm-check");
    let read = std::fs::read_to_string(format!("{folder}/{file}"));
    read.expect("the bundle of the package; `cargo xtask test --only e2e` makes it")
}

/// A page with the app, for a collector at this address.
async fn app(collector: &str, more: &str) -> String {
    let address =
        format!("<script>document.documentElement.dataset.collector = '{collector}'</script>");
    let script = format!(
        "<script>{}</script>",
        bundled("app.js").replace("</script", "<\\/script")
    );
    let host = Host::new().with_head(&address).with(more).with(&script);
    host.opens().await
}

#[tokio::test(flavor = "multi_thread")]
async fn components_of_two_frameworks_share_one_tag() {
    let shop = Shop::open(&[ON_ORDER]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&app(&shop.collector, "").await).await;
    visitor.is_waited_for("after-order").await;
    // What was said before the tag had arrived was kept.
    let early = json!({ "type": "event", "props": { "value": 1.0 } });
    let early = shop.journal().line(early).await;
    assert_eq!(
        early["attributes"],
        json!({ "plan": "gold", "cart_value": 99.5 })
    );
    assert!(visitor.card_now().await.is_none());

    visitor.clicks("#react button").await;
    visitor.card().await.chooses(5).await;
    until("the component to be told", || async {
        let told = visitor
            .runs("return document.querySelector('output').textContent")
            .await;
        if told == "after-order" {
            Ok(())
        } else {
            Err(told)
        }
    })
    .await;
    let tags = "return document.querySelectorAll('script[src$=\"/hark.js\"]').length";
    assert_eq!(visitor.runs(tags).await, 1);
    let kept = "return localStorage.length";
    assert_eq!(
        visitor.runs(kept).await,
        0,
        "consent is denied by the component"
    );
    let explained = "const rows = await hark_package.hark('explain'); return rows[0].survey";
    assert_eq!(visitor.runs(explained).await, "after-order");
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_says_what_has_happened() {
    let shop = Shop::open(&[ON_ORDER]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&app(&shop.collector, "").await).await;
    visitor.is_waited_for("after-order").await;
    visitor.clicks("#vue button").await;
    visitor.card().await.part("scale").await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_tag_is_the_one_and_only() {
    let shop = Shop::open(&[ON_ORDER]).await;
    let visitor = Visitor::new().await;
    visitor
        .opens(&app(&shop.collector, &shop.tag("")).await)
        .await;
    visitor.is_waited_for("after-order").await;
    let tags = "return document.querySelectorAll('script[src$=\"/hark.js\"]').length";
    assert_eq!(visitor.runs(tags).await, 1);
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_that_cannot_be_loaded_may_be_tried_again() {
    let shop = Shop::open(&[ON_ORDER]).await;
    let visitor = Visitor::new().await;
    // Nobody listens there.
    visitor.opens(&app("http://127.0.0.1:1", "").await).await;
    let again = format!(
        "const again = (collector) => hark_package.load({{ collector, site: 'shop' }}).then(() => 'loaded', (error) => error.message); \
         return [await again('http://127.0.0.1:1'), await again('{}')]",
        shop.collector
    );
    let expected = json!(["cannot load http://127.0.0.1:1/hark.js", "loaded"]);
    assert_eq!(visitor.runs(&again).await, expected);
    visitor.is_waited_for("after-order").await;
    visitor.leaves().await;
}

/// The package by itself, as a module that a page imports.
fn package() -> String {
    let source = include_str!("../../npm/index.js");
    let escaped: String = source.bytes().map(|byte| format!("%{byte:02x}")).collect();
    format!("data:text/javascript,{escaped}")
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_why_not_is_answered_whenever_that_is() {
    let shop = Shop::open(&[ON_ORDER]).await;
    let (package, collector) = (package(), &shop.collector);
    let visitor = Visitor::new().await;
    let asks = format!(
        "const {{ hark, load }} = await import('{package}'); const loads = (collector) => load({{ collector, site: 'shop' }}); \
         const said = (promise) => promise.then((rows) => rows[0]?.survey ?? 'loaded', (error) => error.message);"
    );
    // Before anybody has loaded it; and once loading has failed, until somebody tries again.
    visitor.opens(&Host::new().opens().await).await;
    let script = format!(
        "{asks} const early = hark('explain'); const isPromise = early instanceof Promise; \
         const failed = [said(early), said(loads('http://127.0.0.1:1')), said(hark('explain'))]; \
         await Promise.all(failed); const after = await said(hark('explain')); \
         const again = said(loads('{collector}')); \
         return [isPromise, ...await Promise.all(failed), after, await said(hark('explain')), await again]"
    );
    let fails = "cannot load http://127.0.0.1:1/hark.js";
    let expected = json!([true, fails, fails, fails, fails, "after-order", "loaded"]);
    assert_eq!(visitor.runs(&script).await, expected);

    // While a pasted tag is on its way.
    let asks_at_once = format!(
        "<script type=module>import {{ hark }} from '{package}'; const tag = document.createElement('script'); \
         tag.src = '{collector}/hark.js'; tag.dataset.site = 'shop'; document.head.append(tag); \
         window.explained = hark('explain')</script>"
    );
    let host = Host::new().with_head(&asks_at_once);
    visitor.opens(&host.opens().await).await;
    let explained = "const rows = await explained; return rows[0].survey";
    assert_eq!(visitor.runs(explained).await, "after-order");
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_tag_that_has_failed_is_tried_once_more() {
    let shop = Shop::open(&[ON_ORDER]).await;
    let gone = "<script async src='http://127.0.0.1:1/hark.js' data-site=shop></script>";
    let visitor = Visitor::new().await;
    visitor.opens(&Host::new().with(gone).opens().await).await;
    let script = format!(
        "const {{ hark, load }} = await import('{}'); const said = (promise) => promise.then(() => 'kept', (error) => error.message); \
         const loads = (collector) => said(load({{ collector, site: 'shop' }})); \
         return [await said(hark('explain')), await loads('http://127.0.0.1:1'), await loads('{}'), await said(hark('explain'))]",
        package(),
        shop.collector
    );
    let expected = json!([
        "the tag of the page has not begun",
        "cannot load http://127.0.0.1:1/hark.js",
        "kept",
        "kept"
    ]);
    assert_eq!(visitor.runs(&script).await, expected);
    visitor.leaves().await;
}

/// The names of the fields of an interface in the package's types.
fn fields_of(interface: &str) -> Vec<&'static str> {
    let types = include_str!("../../npm/index.d.ts");
    let begin = format!("export interface {interface} {{\n");
    let (_, rest) = types.split_once(&begin).expect("an interface");
    let (fields, _) = rest.split_once("\n}").expect("its end");
    let fields = fields.lines().map(str::trim);
    let fields = fields.filter(|line| !line.starts_with(['/', '*']));
    let mut names: Vec<_> = fields
        .filter_map(|line| line.split(['?', ':']).next())
        .collect();
    names.sort_unstable();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_is_told_has_the_fields_of_the_packages_types() {
    let survey = "metric = \"nps\"\n[[follow_up]]\n[[follow_up]]\nkind = \"choice\"\nwording = \"abandon\"\n\
         [[follow_up]]\nkind = \"choices\"\nwording = \"abandon\"\n[[follow_up]]\nkind = \"contact\"\n\
         [target]\nsample = 1\n[[trigger]]\non = \"exit_intent\"\narmed_after = 0";
    let shop = Shop::open_with(&[("asked", survey)], "", "").await;
    let visitor = Visitor::new().await;
    let mut told = [json!({}), json!({}), json!({})];
    for consent in ["granted", "pending"] {
        let hears = "<script>told = []; for (const news of ['shown', 'answered', 'completed', 'dismissed']) \
             addEventListener('hark:' + news, ({ detail }) => told.push(detail))</script>";
        let host = Host::new()
            .with_head(hears)
            .with(&shop.tag(&format!("data-consent={consent}")));
        visitor.opens(&host.opens().await).await;
        visitor.is_waited_for("asked").await;
        visitor.runs("hark('set', { plan: 'gold' })").await;
        visitor.leaves_through_the_top().await;
        let card = visitor.card().await;
        card.chooses(9).await;
        card.types("Thanks").await;
        card.clicks("submit").await;
        card.picks("shipping").await;
        card.clicks("submit").await;
        card.picks("shipping").await;
        card.clicks("submit").await;
        card.fills("contact", "ada@shop.example").await;
        card.ticks_the_box().await;
        card.clicks("submit").await;
        card.part("thanks").await;
        let merged = "return [told, told.map((event) => event.session), told.map((event) => event.answers ?? {})] \
             .map((parts) => Object.assign({}, ...parts))";
        let merged = visitor.runs(merged).await;
        for (told, news) in told.iter_mut().zip(merged.as_array().expect("three")) {
            let news = news.as_object().expect("fields").clone();
            told.as_object_mut().expect("fields").extend(news);
        }
        visitor.runs("localStorage.clear()").await;
    }
    for (told, interface) in told.iter().zip(["HarkEvent", "Session", "Answers"]) {
        let mut names: Vec<_> = told.as_object().expect("fields").keys().collect();
        names.sort_unstable();
        assert_eq!(names, fields_of(interface), "{interface}");
    }
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_around_a_web_view_is_told() {
    let shop = Shop::open(&[ON_ORDER]).await;
    let visitor = Visitor::new().await;
    let bridge = format!("<script>{}</script>", bundled("guide/bridge.js"));
    let app = "<script>told = []; window.harkBridge = { postMessage: (event) => told.push(JSON.parse(event)) }</script>";
    let host = Host::new()
        .with_head(app)
        .with_head(&bridge)
        .with(&shop.tag(""));
    visitor.opens(&host.opens().await).await;
    visitor.is_waited_for("after-order").await;
    visitor
        .runs("hark('event', 'purchase', { value: 84.5 })")
        .await;
    visitor.card().await.chooses(4).await;
    until("the app to be told", || async {
        let told = visitor
            .runs("return told.map(({ news, survey, score }) => [news, survey, score ?? 0])")
            .await;
        let expected = json!([
            ["shown", "after-order", 0],
            ["answered", "after-order", 4],
            ["completed", "after-order", 4]
        ]);
        if told == expected { Ok(()) } else { Err(told) }
    })
    .await;
    visitor.leaves().await;
}
