//! Makes Cargo embed anew when the widget was built again or a page of the demo shop was added.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // A debug build reads these folders at run time and is never stale.
    if std::env::var("PROFILE").as_deref() == Ok("release") {
        println!("cargo::rerun-if-changed=../dist");
        println!("cargo::rerun-if-changed=../www");
    }
}
