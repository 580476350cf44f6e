"""What pyarrow reads from the artefact store's files.

mkdir /tmp/arrow && node --conditions=@radiograft/source --import ./tools/ts-loader.mjs \
    packages/artefact-store/src/testing/writeArrowSamples.ts /tmp/arrow
python tools/oracles/artefactstore_arrow.py /tmp/arrow > packages/artefact-store/src/fixtures/arrow.json
"""
import hashlib
import json
import math
import pathlib
import sys

import pyarrow as pa


def plain(value):
    if isinstance(value, float) and not math.isfinite(value):
        return {"$number": "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")}
    if isinstance(value, float) and value == 0 and math.copysign(1, value) < 0:
        return {"$number": "-0"}
    if isinstance(value, bytes):
        return {"$bytes": value.hex()}
    return value


files = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.arrow")):
    data = path.read_bytes()
    with pa.ipc.open_file(path) as reader:
        table = reader.read_all()
    table.validate(full=True)
    columns = {}
    for field in table.schema:
        column = table.column(field.name).combine_chunks()
        if isinstance(field.type, pa.FixedShapeTensorType):
            values = column.to_numpy_ndarray().reshape(-1).tolist() if len(column) else []
            kind = f"tensor<{field.type.value_type}>{list(field.type.shape)}"
        else:
            values, kind = column.to_pylist(), str(field.type)
        columns[field.name] = {
            "type": kind,
            "nullable": field.nullable,
            "nulls": column.null_count,
            "values": [plain(v) for v in values],
        }
    files[path.stem] = {
        "sha256": hashlib.sha256(data).hexdigest(),
        "rows": table.num_rows,
        "metadata": {k.decode(): v.decode() for k, v in (table.schema.metadata or {}).items()},
        "columns": columns,
    }
print(json.dumps({"tool": "pyarrow", "version": pa.__version__, "files": files}))
