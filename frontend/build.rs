//! The file is split after it is linked (`scripts/assets.sh`), which takes to know what refers to what.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-link-arg-cdylib=--emit-relocs");
}
