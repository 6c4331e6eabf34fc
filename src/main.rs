//! The `yusuan` command. See [`cli`].

mod cli;

/// A document is hundreds of thousands of short texts, made and dropped one by one; the systems' own allocators take
/// noticeably longer over them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}
