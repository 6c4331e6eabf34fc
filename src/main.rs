//! The `yusuan` command. See [`yusuan::cli`].

fn main() -> std::process::ExitCode {
    yusuan::cli::run()
}
