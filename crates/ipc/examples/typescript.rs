//! Prints the TypeScript of the command list; `cargo xtask codegen` writes it into ui/generated.

#![expect(clippy::print_stdout, reason = "printing is what this program is for")]

fn main() {
    print!("{}", luguo_ipc::typescript::generate());
}
