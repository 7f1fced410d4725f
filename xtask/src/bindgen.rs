//! The program wasm-bindgen, as far as our builds and Trunk call it, from the very library that
//! `Cargo.lock` pins: the official program takes three times as long to compile,
//! most of it for a test runner nobody here starts.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, ValueEnum};
use wasm_bindgen_cli_support::Bindgen;

/// Turn a compiled Wasm module into one for browsers, and write the script that starts it
#[derive(Parser)]
#[command(name = "wasm-bindgen", version = wasm_bindgen_shared::version())]
struct Arguments {
    /// The compiled module
    input: PathBuf,
    /// Where the module and the script go
    #[arg(long)]
    out_dir: PathBuf,
    /// Their name, without ending
    #[arg(long)]
    out_name: String,
    /// How the script is loaded
    #[arg(long, value_enum)]
    target: Target,
    /// No TypeScript declarations
    #[arg(long)]
    no_typescript: bool,
    /// No guess where the module is: the page says it
    #[arg(long)]
    omit_default_module_path: bool,
    /// No names of functions in the module
    #[arg(long)]
    remove_name_section: bool,
    /// No names of compilers in the module
    #[arg(long)]
    remove_producers_section: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Target {
    Web,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut bindgen = Bindgen::new();
    match arguments.target {
        Target::Web => bindgen.web(true)?,
    };
    bindgen
        .input_path(arguments.input)
        .out_name(&arguments.out_name)
        .typescript(!arguments.no_typescript)
        .omit_default_module_path(arguments.omit_default_module_path)
        .remove_name_section(arguments.remove_name_section)
        .remove_producers_section(arguments.remove_producers_section)
        .generate(arguments.out_dir)
}
