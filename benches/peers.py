#!/usr/bin/env python3
"""Pairs whole-process runs of yusuan with those of other programs on the same files, and writes the table of the README.

    python3 -m venv peers && peers/bin/pip install pdfplumber pymupdf pypdfium2 camelot-py opencv-python-headless
    cargo build --release && cargo build --release --example bare_interpretation
    peers/bin/python benches/peers.py samples/*.pdf

Each peer is another kind of work, said in the table: none of them makes checked data of a budget. A round runs yusuan
and the peer one after the other, now the one first, now the other; the ratio of a round is the peer's time by yusuan's,
and the table shows the median of the rounds with the least and the greatest. Times are of whole processes, from start to
exit, on one thread; `cpu` is user and system time, which other work on the machine disturbs less than the clock.
A file that a peer cannot read costs it what it costs, and is named.
"""

import argparse
import os
import resource
import shlex
import statistics
import subprocess
import sys
import tempfile
import time

# Whole programs, run by this interpreter: what their own documentation shows.
PDFPLUMBER = """
import pdfplumber
def read(path):
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.close()
"""
PYMUPDF = """
import pymupdf
def read(path):
    with pymupdf.open(path) as pdf:
        for page in pdf:
            for table in page.find_tables().tables:
                table.extract()
"""
CAMELOT = """
import camelot
def read(path):
    for table in camelot.read_pdf(path, pages="all", flavor="lattice"):
        table.df
"""
PYPDFIUM2 = """
import pypdfium2
def read(path):
    pdf = pypdfium2.PdfDocument(path)
    for number in range(len(pdf)):
        page = pdf[number]
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    pdf.close()
"""
EACH_FILE = """
import sys
for path in sys.argv[1:]:
    try:
        read(path)
    except Exception as error:
        print(path, type(error).__name__, error, file=sys.stderr)
"""
PEERS = {
    "bare": ("hayro alone", "interprets the pages, keeps nothing", None),
    "pypdfium2": ("pypdfium2", "plain text", PYPDFIUM2),
    "pymupdf": ("PyMuPDF `find_tables`", "tables as printed", PYMUPDF),
    "pdfplumber": ("pdfplumber `extract_tables`", "tables as printed", PDFPLUMBER),
    "camelot": ("camelot, lattice", "ruled tables as printed", CAMELOT),
}


def run(command):
    """Runs a command on one thread; its time by the clock, its processor time, and whether it complained."""
    environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", RAYON_NUM_THREADS="1")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return wall, cpu, process.returncode, process.stderr.decode(errors="replace").strip()


def pair(ours, theirs, rounds):
    """Both commands, in turns; the rounds as (our wall, our cpu, their wall, their cpu)."""
    results = []
    for number in range(rounds):
        order = [ours, theirs] if number % 2 == 0 else [theirs, ours]
        times = {}
        for command in order:
            wall, cpu, status, complaint = run(command)
            # yusuan says by 1 that there are findings, by 2 that some file failed; the others say by 0 that all is well.
            if status > 2 or (command is theirs and status != 0):
                sys.exit(f"{command[0]} failed with status {status}: {complaint}")
            if number == 0 and complaint:
                print(complaint, file=sys.stderr)
            times[id(command)] = (wall, cpu)
        results.append(times[id(ours)] + times[id(theirs)])
    return results


def ratio(values):
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def row(name, work, results):
    walls = [theirs_wall / ours_wall for ours_wall, _, theirs_wall, _ in results]
    cpus = [theirs_cpu / ours_cpu for _, ours_cpu, _, theirs_cpu in results]
    theirs = statistics.median(result[2] for result in results)
    return f"| {name} | {work} | {theirs:.2f} s | {ratio(walls)} | {ratio(cpus)} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--yusuan", default="target/release/yusuan convert --force FILES --out OUT",
                        help="our command; FILES and OUT stand for the files and an empty folder")
    parser.add_argument("--bare", default="target/release/examples/bare_interpretation")
    parser.add_argument("--peers", default=",".join(PEERS), help="which, with commas between them")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as out:
        parts = shlex.split(arguments.yusuan)
        ours = [item for part in parts for item in (arguments.files if part == "FILES" else [part])]
        ours = [out if part == "OUT" else part for part in ours]
        rows = []
        own_times = []
        for peer in arguments.peers.split(","):
            name, work, program = PEERS[peer]
            command = [arguments.bare] if program is None else [sys.executable, "-c", program + EACH_FILE]
            results = pair(ours, command + arguments.files, arguments.rounds)
            own_times += [result[0] for result in results]
            rows.append(row(name, work, results))
            print(rows[-1], file=sys.stderr)
    print(f"{len(arguments.files)} files, {arguments.rounds} rounds each; times of the other program by yusuan's\n")
    print("| program | work | time | × by the clock, median (range) | × of processor time |")
    print("|---|---|---|---|---|")
    print(f"| yusuan | checked data, JSON | {statistics.median(own_times):.2f} s | 1 | 1 |")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
