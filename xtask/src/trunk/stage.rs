//! What Trunk cannot know of: the names under which the loader asks for the widget, and that every
//! page of the shop is to be reloaded, not the first alone.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::house::House;

/// Puts loader and widget into the folder Trunk is about to publish.
pub(super) fn put(house: &House) -> Result<()> {
    let shop = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let shop = shop.context("`--stage` is for Trunk alone, which says where it builds")?;
    put_widget(house, &shop)?;
    let first = fs::read_to_string(shop.join("index.html"))?;
    match reload_script(&first) {
        Some(script) => add_to_pages(&shop, script),
        None => Ok(()),
    }
}

fn put_widget(house: &House, shop: &Path) -> Result<()> {
    let assets = shop.join("assets");
    fs::rename(shop.join("widget"), &assets)?;
    fs::rename(assets.join("hark-widget.js"), assets.join("glue.js"))?;
    fs::copy(house.root.join("widget/begin.js"), assets.join("hark.js"))?;
    fs::rename(assets.join("hark-widget_bg.wasm"), assets.join("hark.wasm"))?;
    fs::copy(house.root.join("widget/loader.js"), shop.join("hark.js"))?;
    Ok(())
}

/// The script that `trunk serve` writes at the end of the first page.
fn reload_script(page: &str) -> Option<&str> {
    let script = &page[page.rfind("<script")?..];
    let end = script.find("</script>")? + "</script>".len();
    script[..end]
        .contains("__TRUNK_ADDRESS__")
        .then(|| &script[..end])
}

fn add_to_pages(folder: &Path, script: &str) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            add_to_pages(&path, script)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "html")
        {
            add_to_page(&path, script)?;
        }
    }
    Ok(())
}

fn add_to_page(file: &Path, script: &str) -> Result<()> {
    let page = fs::read_to_string(file)?;
    if page.contains(script) {
        return Ok(());
    }
    let page = page.replacen("</body>", &format!("{script}</body>"), 1);
    fs::write(file, page).with_context(|| format!("cannot write `{}`", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELOAD: &str = "<script>connect('{{__TRUNK_ADDRESS__}}')</script>";

    #[test]
    fn the_reload_script_is_trunks_alone() {
        let page = format!("<body><script>shop()</script>{RELOAD}</body>");
        assert_eq!(reload_script(&page), Some(RELOAD));
        assert_eq!(reload_script("<body><script>shop()</script></body>"), None);
    }

    #[test]
    fn every_page_reloads_once() {
        let shop = tempfile::tempdir().unwrap();
        let (home, cart) = (
            shop.path().join("index.html"),
            shop.path().join("cart/index.html"),
        );
        fs::create_dir(shop.path().join("cart")).unwrap();
        fs::write(&home, format!("<body>{RELOAD}</body>")).unwrap();
        fs::write(&cart, "<body></body>").unwrap();

        add_to_pages(shop.path(), RELOAD).unwrap();

        for page in [home, cart] {
            let page = fs::read_to_string(page).unwrap();
            assert_eq!(page, format!("<body>{RELOAD}</body>"));
        }
    }
}
