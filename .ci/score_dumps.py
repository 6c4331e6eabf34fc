#!/usr/bin/env python3
"""Scores text dumps of the documents with ground truth, and fails below the floors in .ci/dump_floor.

    score_dumps.py SHARED YUSUAN

Dumps every PDF of SHARED/corpus/scored with pdftotext -layout and -raw, converts the dumps, and compares the amounts with
the truth. An amount is flagged where a cell of its row is marked ambiguous, or a diagnostic of its page doubts figures.
Without pdftotext it says so and passes.
"""
import importlib.util, json, pathlib, shutil, subprocess, sys, tempfile

MODES = ("layout", "raw")
DOUBTS = {"doubtful-table", "unplaced-figures", "table-too-long", "table-unread"}


def load_score(shared):
    spec = importlib.util.spec_from_file_location("score", shared / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compare(score, truth, document):
    """Amounts expected, amounts right, and amounts wrong without a flag."""
    is_amount = lambda value: isinstance(value, score.Decimal)
    doubted = {d["page"] for d in document["diagnostics"] if d["id"] in DOUBTS}
    outputs = score.output_tables(document)
    pairs, _ = score.match_tables(score.truth_tables(truth), outputs)
    expected = right = unflagged = 0
    for wanted, got in pairs:
        amounts = sum(is_amount(v) for row in wanted["rows"] for v in row)
        expected += amounts
        if got is None:
            unflagged += 0 if doubted else amounts
            continue
        table = document["tables"][next(i for i, output in enumerate(outputs) if output is got or output == got)]
        flagged = [any(isinstance(c, dict) for c in row["cells"]) or row["page"] in doubted for row in table["rows"]]
        rows = got["rows"]
        wanted_keys = [score.header_key(c) for c in wanted["columns"]]
        got_keys = [score.header_key(c) for c in got["columns"]]
        if len(wanted_keys) != len(got_keys):
            where = {}
            for index, key in enumerate(got_keys):
                where.setdefault(key, []).append(index)
            order = [(where.get(key) or [None]).pop(0) if where.get(key) else None for key in wanted_keys]
            rows = [[row[i] if i is not None and i < len(row) else None for i in order] for row in rows]
        paired = set()
        for i, j in score.align(wanted["rows"], rows):
            paired.add(i)
            for column, value in enumerate(wanted["rows"][i]):
                found = rows[j][column] if column < len(rows[j]) else None
                right += is_amount(value) and value == found
                unflagged += (is_amount(value) or is_amount(found)) and value != found and not flagged[j]
        page_doubted = any(page in doubted for page in table["pages"])
        lost = [row for i, row in enumerate(wanted["rows"]) if i not in paired]
        unflagged += 0 if page_doubted else sum(is_amount(v) for row in lost for v in row)
    return expected, right, unflagged


def main():
    shared, yusuan = pathlib.Path(sys.argv[1]), sys.argv[2]
    if shutil.which("pdftotext") is None:
        print("dumps: skipped, as there is no pdftotext (poppler-utils) here")
        return
    score = load_score(shared)
    floors = {}
    for line in pathlib.Path(".ci/dump_floor").read_text().splitlines():
        if line and not line.startswith("#"):
            mode, percent, unflagged = line.split()
            floors[mode] = (float(percent), int(unflagged))
    failures = []
    for mode in MODES:
        with tempfile.TemporaryDirectory() as folder:
            dumps, out = pathlib.Path(folder, "dumps"), pathlib.Path(folder, "out")
            dumps.mkdir()
            for pdf in sorted((shared / "corpus/scored").glob("*.pdf")):
                command = ["pdftotext", f"-{mode}", pdf, dumps / f"{pdf.stem}.txt"]
                subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
            subprocess.run([yusuan, "convert", dumps, "--out", out], stdout=subprocess.DEVNULL)
            total_unflagged = 0
            for dump in sorted(dumps.glob("*.txt")):
                truth = json.loads((shared / "truth" / f"{dump.stem}.truth.json").read_text())
                document = json.loads((out / f"{dump.stem}.json").read_text())
                expected, right, unflagged = compare(score, truth, document)
                share = 100 * right / expected if expected else 100.0
                total_unflagged += unflagged
                print(f"{mode:7} {dump.stem:32} amounts {right}/{expected} ({share:.1f} %), wrong and unflagged {unflagged}")
                if share < floors[mode][0]:
                    failures.append(f"{mode} {dump.stem}: {share:.1f} % is below {floors[mode][0]} %")
            if total_unflagged > floors[mode][1]:
                failures.append(f"{mode}: {total_unflagged} amounts are wrong and unflagged, more than {floors[mode][1]}")
    if failures:
        sys.exit("\n".join(failures))


if __name__ == "__main__":
    main()
