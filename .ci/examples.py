"""Runs the examples of docs/data-sets.md and compares what they answer with what the truth says.

    examples.py FOLDER SHARED

FOLDER holds `dataset/`, a data set in CSV and Parquet of the documents of SHARED/corpus/scored. The expected answers are
computed from SHARED/truth-facts alone: what people read in these documents. R is left out, and said so, where it is not
installed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs/data-sets.md"
YUAN = {"元": 1, "千元": 1000, "万元": 10000, "亿元": 100000000}
ITEMS = [("travel", "因公出国"), ("vehicles", "公务用车购置及运行"), ("purchase", "公务用车购置"),
         ("operation", "公务用车运行"), ("reception", "公务接待")]


def examples(language):
    """Name → code of the marked examples in a language."""
    pattern = re.compile(r"<!-- example: (\w+) -->\n```(\w+)\n(.*?)```", re.S)
    return {name: code for name, kind, code in pattern.findall(DOCS.read_text(encoding="utf-8")) if kind == language}


# what the truth says

def values(field):
    return field if isinstance(field, list) else [field]


def truth(shared):
    """The facts of each document of corpus/scored by its name."""
    names = [path.stem for path in (shared / "corpus/scored").glob("*.pdf")]
    files = {name: shared / "truth-facts" / f"{name}.facts.json" for name in names}
    return {name: json.loads(file.read_text(encoding="utf-8")) for name, file in files.items() if file.exists()}


def yuan(fact):
    return Decimal(fact["amount"].replace(",", "")) * YUAN[values(fact["unit"])[0]]


def of_time(facts, table, year, stage):
    return [f for f in facts if f["table"] == table and year in values(f.get("year")) and stage in values(f["stage"])]


def three_public(facts, year, stage):
    """The sum of the three items, each the greatest amount that has its name; `None` where none is printed."""
    items = {}
    for fact in of_time(facts, "three_public", year, stage):
        names = [str(name) for name in values(fact.get("name"))] + list(fact["path"])
        for item, word in ITEMS:
            if any(word in name for name in names[: 1 if fact.get("name") else None]):
                items[item] = max(items.get(item, Decimal(0)), yuan(fact))
                break
    if "vehicles" not in items and {"purchase", "operation"} & set(items):
        items["vehicles"] = items.get("purchase", 0) + items.get("operation", 0)
    found = [items[item] for item in ("travel", "vehicles", "reception") if item in items]
    return sum(found) if found else None


def basic_share(facts, year, stage):
    """The greatest basic expenditure of 支出总表 in its greatest total."""
    here = of_time(facts, "expenditure_summary", year, stage)
    greatest = lambda measure: max((yuan(f) for f in here if values(f.get("measure")) == [measure]), default=None)
    basic, total = greatest("basic"), greatest("total")
    return Fraction(basic) / Fraction(total) if basic is not None and total else None


def expected(documents, facts):
    rank, basic, years, codes = {}, {}, {}, defaultdict(lambda: [set(), Decimal(0)])
    for name, document in documents.items():
        key, year = (document["organisation"], document["year"]), document["year"]
        stage = "final" if document["publication"] == "final_accounts" else "budget"
        own = three_public(facts[name], year, stage)
        if own is not None:
            rank[key] = own
            before = three_public(facts[name], year - 1, stage)
            if before is not None:
                years[key] = (before, own)
        share = basic_share(facts[name], year, stage)
        if share is not None:
            basic[key] = share
        for fact in of_time(facts[name], "general_public_expenditure", year, stage):
            code = values(fact.get("code"))[0]
            if code and len(code) == 7 and "total" in values(fact.get("measure")):
                codes[year, code][0].add(name)
                codes[year, code][1] += yuan(fact)
    return rank, basic, years, {key: (len(names), amount) for key, (names, amount) in codes.items()}


# what the data set answers

def same(what, found, wanted):
    wrong = {key: (found.get(key), wanted.get(key)) for key in set(found) | set(wanted) if found.get(key) != wanted.get(key)}
    if wrong:
        sys.exit(f"{what}: found, expected: {wrong}")


def close(what, found, wanted):
    """Shares: both sides divide exact sums, one of them in binary."""
    wrong = {key: (found.get(key), wanted.get(key)) for key in set(found) | set(wanted)
             if found.get(key) is None or wanted.get(key) is None or abs(float(found[key]) - float(wanted[key])) > 1e-5}
    if wrong:
        sys.exit(f"{what}: found, expected: {wrong}")


def places(amounts):
    """The place of each amount among those of its year, the greatest first."""
    return {key: 1 + sum(other > amount for (_, year), other in amounts.items() if year == key[1])
            for key, amount in amounts.items()}


def with_duckdb(wanted):
    import duckdb
    rank, basic, years, codes = wanted
    rows = {name: duckdb.sql(code.rstrip().rstrip(";")).fetchall() for name, code in examples("sql").items()}
    same("DuckDB: rank", {(o, y): (amount, place) for y, o, amount, place in rows["rank"]}, ranked(rank))
    close("DuckDB: share of basic expenditure", {(o, y): share for o, y, share in rows["basic"] if share is not None}, basic)
    same("DuckDB: codes", {(y, code): (n, amount) for y, code, n, amount in rows["codes"]}, codes)
    same("DuckDB: year on year", {(o, y): (before, now) for o, y, before, now, _ in rows["years"]}, years)
    assert all(now - before == change for _, _, before, now, change in rows["years"])


def ranked(amounts):
    order = places(amounts)
    return {key: (amount, order[key]) for key, amount in amounts.items()}


def with_pandas(wanted):
    rank, basic, years, codes = wanted
    answers = {}
    for name, code in examples("python").items():
        scope = {}
        exec(code, scope)
        answers[name] = scope["answer"]
    rows = answers["rank"].itertuples(index=False)
    same("pandas: rank", {(o, int(y)): (amount, int(place)) for y, o, amount, place in rows}, ranked(rank))
    close("pandas: share of basic expenditure", {(o, int(y)): share for (o, y), share in answers["basic"].items()}, basic)
    found = {(int(y), code): (int(row.documents), row.yuan) for (y, code), row in answers["codes"].iterrows()}
    same("pandas: codes", found, codes)
    rows = answers["years"].itertuples(index=False)
    same("pandas: year on year", {(o, int(y)): (before, now) for o, y, before, now, _ in rows}, years)


def with_r(wanted):
    if shutil.which("Rscript") is None:
        print("R is not installed: its examples are not run")
        return
    rank, basic, _, _ = wanted
    code = examples("r")
    table = run_r(code["rank"] + '\nwrite.table(answer, sep = "|", quote = FALSE, row.names = FALSE, col.names = FALSE)')
    found = {(o, int(y)): (Decimal(amount), int(float(place))) for y, o, amount, place in table}
    same("R: rank", found, {key: (Decimal(amount), place) for key, (amount, place) in ranked(rank).items()})
    table = run_r(code["basic"] + '\nfor (key in names(answer)) cat(key, format(answer[key], digits = 15), sep = "|", fill = 9999)')
    close("R: share of basic expenditure", {(o, int(y)): float(share) for o, y, share in table if share != "NaN"}, basic)


def run_r(code):
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    said = subprocess.run(["Rscript", "-e", code], check=True, capture_output=True, text=True, env=environment).stdout
    return [line.split("|") for line in said.splitlines() if line]


def main():
    folder, shared = Path(sys.argv[1]), Path(sys.argv[2]).resolve()
    os.chdir(folder)
    facts = truth(shared)
    import pandas
    table = pandas.read_csv("dataset/documents.csv")
    documents = {Path(row.file).stem: {"organisation": row.organisation, "year": int(row.fiscal_year), "publication": row.publication}
                 for row in table.itertuples() if Path(row.file).stem in facts}
    assert documents.keys() == facts.keys(), "documents without truth, or truth without documents"
    wanted = expected(documents, facts)
    assert all(wanted), "nothing to compare"
    with_duckdb(wanted)
    with_pandas(wanted)
    with_r(wanted)
    print(f"examples answer as the truth does: {', '.join(map(str, map(len, wanted)))} answers (rank, basic, years, codes)")


if __name__ == "__main__":
    main()
