//! The `yusuan` command. See [`cli`].

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
