"""Reads a data set back as its users would, and compares it with the document JSONs it was made from.

    read_back.py DATASET DOCUMENTS

DATASET holds all formats. DuckDB reads the Parquet and CSV files, pandas the CSV and JSON Lines files, openpyxl the
workbook, frictionless validates the data package.
"""

import json
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pandas
from frictionless import validate


def documents(folder):
    """The document JSONs, each source once."""
    seen = {}
    for path in sorted(folder.rglob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        if str(document.get("format", "")).startswith("yusuan.document/"):
            seen.setdefault(document["source"]["sha256"], document)
    return list(seen.values())


def expected_counts(docs):
    projects = [p for d in docs if d["performance"] for p in d["performance"]["projects"]]
    return {
        "documents": len(docs),
        "summary": len(docs),
        "organisations": len({d["document"]["organisation"] for d in docs} - {None}),
        "facts": sum(len(d["facts"]) for d in docs),
        "cells": sum(c is not None for d in docs for t in d["tables"] for r in t["rows"] for c in r["cells"]),
        "projects": len(projects),
        "indicators": sum(len(p["indicators"]) for p in projects),
        "statements": sum(len(d["statements"]) for d in docs),
        "checks": sum(len(d["checks"]) for d in docs),
        "diagnostics": sum(len(d["diagnostics"]) for d in docs),
    }


def expected_sums(docs):
    facts = [f for d in docs for f in d["facts"]]
    return {
        "amount": sum(Decimal(f["amount"]) for f in facts),
        "amount_yuan": sum(Decimal(f["amount_yuan"]) for f in facts if f["amount_yuan"] is not None),
    }


def same(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: found {found!r}, expected {expected!r}")


def first(query):
    """The first row of a DuckDB query."""
    return duckdb.sql(query).fetchall()[0]


def with_duckdb(folder, counts, sums):
    for table, count in counts.items():
        for ending, reader in [("parquet", "read_parquet"), ("csv", "read_csv")]:
            key = "organisation" if table == "organisations" else "document_id"
            query = f"select count(*), count(distinct {key}) from {reader}('{folder}/{table}.{ending}')"
            rows, ids = first(query)
            same(f"DuckDB: rows of {table}.{ending}", rows, count)
            assert ids <= counts["documents"], f"{table}.{ending}: {ids} documents"
    for column, total in sums.items():
        facts = f"read_parquet('{folder}/facts.parquet')"
        kind, found = first(f"select any_value(typeof({column})), sum({column}) from {facts}")
        same(f"DuckDB: type of {column}", kind, "DECIMAL(38,10)")
        same(f"DuckDB: sum of {column}", found, total)
        texts = f"select sum(cast({column}_text as decimal(38, 10))) from {facts}"
        same(f"DuckDB: sum of {column}_text", first(texts)[0], total)
    joined = f"""select count(*) from read_parquet('{folder}/facts.parquet') join read_parquet('{folder}/cells.parquet') c
                 using (document_id, "table", "row", "column") where c.text = amount_text"""
    same("DuckDB: facts that join their cells", first(joined)[0], counts["facts"])
    for table in counts:
        columns = duckdb.sql(f"select * from read_parquet('{folder}/{table}.parquet') limit 0").columns
        header = duckdb.sql(f"select * from read_csv('{folder}/{table}.csv') limit 0").columns
        same(f"DuckDB: columns of {table}", columns, header)
        quoted = ", ".join(f'"{column}"' for column in columns)
        differences = f"""select count(*) from (
            (select {quoted} from read_parquet('{folder}/{table}.parquet')) except all
            (select {", ".join(as_written(c, t) for c, t in types(folder, table))} from
              read_csv('{folder}/{table}.csv', all_varchar = true)))"""
        same(f"DuckDB: rows of {table} that differ between Parquet and CSV", first(differences)[0], 0)


def as_written(column, kind):
    """A column of a CSV file, a text without the apostrophe that keeps it from being a formula."""
    return f"regexp_replace(\"{column}\", '^''', '')" if kind == "VARCHAR" else f'"{column}"::{kind}'


def types(folder, table):
    relation = duckdb.sql(f"select * from read_parquet('{folder}/{table}.parquet') limit 0")
    return list(zip(relation.columns, relation.types))


def with_pandas(folder, counts, sums):
    for table, count in counts.items():
        csv = pandas.read_csv(folder / f"{table}.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
        lines = pandas.read_json(folder / f"{table}.jsonl", lines=True, dtype=False)
        same(f"pandas: rows of {table}.csv", len(csv), count)
        same(f"pandas: columns of {table}", list(lines.columns), list(csv.columns) if count else [])
        same(f"pandas: rows of {table}.jsonl", len(lines), count)
        if table == "facts":
            for column, total in sums.items():
                same(f"pandas: sum of {column} (CSV)", sum(map(Decimal, filter(None, csv[column]))), total)
                found = sum(Decimal(text) for text in lines[column] if isinstance(text, str))
                same(f"pandas: sum of {column} (JSON Lines)", found, total)
        parquet = pandas.read_parquet(folder / f"{table}.parquet")
        same(f"pandas: rows of {table}.parquet", len(parquet), count)


def with_openpyxl(folder, counts, sums):
    book = openpyxl.load_workbook(folder / "yusuan.xlsx", read_only=True)
    headers, rows = {}, dict.fromkeys(counts, 0)
    total = Decimal(0)
    for sheet in book:
        lines = sheet.iter_rows()
        header = [cell.value for cell in next(lines)]
        if sheet.title == "columns":
            continue
        table = sheet.title if sheet.title in counts else "facts"
        headers.setdefault(table, header)
        same(f"openpyxl: header of {sheet.title}", header, headers[table])
        for line in lines:
            rows[table] += 1
            if table == "facts":
                amount, text = (line[header.index(name)] for name in ("amount", "amount_text"))
                # A number of at most fifteen digits, printed by its format, is the text of the document.
                digits = len(amount.number_format.partition(".")[2])
                shown = amount.value if isinstance(amount.value, str) else f"{amount.value:.{digits}f}"
                same(f"openpyxl: amount in {sheet.title}", Decimal(shown), Decimal(text.value))
                assert isinstance(amount.value, str) or shown.lstrip("-") == text.value.lstrip("-"), (shown, text.value)
                total += Decimal(shown)
    same("openpyxl: rows", rows, counts)
    same("openpyxl: sum of amount", total, sums["amount"])
    frozen = openpyxl.load_workbook(folder / "yusuan.xlsx")
    for sheet in frozen:
        same(f"openpyxl: frozen panes of {sheet.title}", sheet.freeze_panes, "A2")


def with_frictionless(folder):
    package = folder / "datapackage.json"
    report = validate(str(package))
    if not report.valid:
        sys.exit("frictionless:\n" + "\n".join(map(str, report.flatten(["name", "rowNumber", "fieldName", "message"])[:20])))
    fields = {
        (resource["name"], field["name"]): field.get("columnType")
        for resource in json.loads(package.read_text(encoding="utf-8"))["resources"]
        for field in resource["schema"]["fields"]
    }
    same("column type of facts.amount_yuan", fields["facts", "amount_yuan"], "value")
    same("column type of facts.fiscal_year", fields["facts", "fiscal_year"], "date:fiscal-year")


def main():
    folder, source = Path(sys.argv[1]), Path(sys.argv[2])
    docs = documents(source)
    counts, sums = expected_counts(docs), expected_sums(docs)
    assert all(counts.values()), f"nothing to compare: {counts}"
    with_duckdb(folder, counts, sums)
    with_pandas(folder, counts, sums)
    with_openpyxl(folder, counts, sums)
    with_frictionless(folder)
    print(f"data set read back: {counts}; amounts {sums['amount']}, in yuan {sums['amount_yuan']}")


if __name__ == "__main__":
    main()
