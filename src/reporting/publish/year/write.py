"""The files of a year's tables: CSV, one Parquet file, and what describes them."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from reporting.publish.pack.datapackage import SAMPLE, describe_csv, describe_fields, to_bytes
from reporting.publish.year.join import Quarter, fields_of, join_csv, rows_of, tables_of
from reporting.publish.year.packs import DESCRIPTOR, parquet_name
from reporting.publish.year.parquet import long_fields, write_parquet
from reporting.system.digests import digest


def write_year(year: int, city: str, quarters: Sequence[Quarter]) -> dict[str, bytes]:
    """Write the tables of the quarters, by name; no quarter gives no file."""
    if not quarters:
        return {}
    titles = tables_of(quarters)
    tables = {name: join_csv(quarters, name) for name in titles}
    files = {f"{name}.csv": data for name, data in tables.items()}
    parquet = write_parquet({name: rows_of(data) for name, data in tables.items()})
    files[parquet_name(year)] = parquet
    resources = [
        describe_csv(name, title, fields_of(name), tables[name]) for name, title in titles.items()
    ]
    resources.append(_describe_parquet(year, parquet, titles))
    files[DESCRIPTOR] = to_bytes(_descriptor(year, city, quarters, resources))
    return files


def _descriptor(
    year: int, city: str, quarters: Sequence[Quarter], resources: list[dict[str, Any]]
) -> dict[str, Any]:
    own = [json.loads(quarter.data[DESCRIPTOR]) for quarter in quarters]
    return {
        "name": f"reporting-{year}",
        "title": f"{city}{year}年任务进展数据",
        "description": SAMPLE if any(quarter.pack.is_sample for quarter in quarters) else "",
        "created": max(str(descriptor["created"]) for descriptor in own),
        "sources": [
            {"title": f"{descriptor['title']}（第{quarter.pack.edition}版）"}
            for quarter, descriptor in zip(quarters, own, strict=True)
        ],
        "resources": resources,
    }


def _describe_parquet(year: int, data: bytes, names: Iterable[str]) -> dict[str, Any]:
    return {
        "name": "all",
        "title": "全年各表合为一个文件",
        "path": parquet_name(year),
        # Tools that read no Parquet still hold the file to its hash.
        "type": "file",
        "scheme": "file",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": len(data),
        "hash": f"sha256:{digest(data)}",
        "schema": {"fields": describe_fields(long_fields(names))},
    }
