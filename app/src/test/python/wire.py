"""Data messages by protobuf's wire format, written by hand so that no library of ours is in it.

Field 1 is origin_esdl_id; the variables follow in alphabetical order from field 2.
"""
import json
import struct

VARINT, FIXED_64, DELIMITED, FIXED_32 = 0, 1, 2, 5


def varint(value):
    value &= 0xFFFFFFFFFFFFFFFF
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def tag(field, wire_type):
    return varint(field << 3 | wire_type)


def delimited(field, payload):
    return tag(field, DELIMITED) + varint(len(payload)) + payload


def element(kind, value):
    if kind == "float":
        return struct.pack("<d", value)
    return varint(int(value))


def write(field, kind, value):
    """A field; nothing at all when it has its default, as proto3 does."""
    if kind.startswith("List[List"):
        return b"".join(delimited(field, write(1, "List[float]", row)) for row in value)
    if kind.startswith("List["):
        of = kind[5:-1]
        if of == "str":
            return b"".join(delimited(field, text.encode()) for text in value)
        return delimited(field, b"".join(element(of, one) for one in value)) if value else b""
    if kind == "dict":
        kind, value = "str", json.dumps(value)
    if kind == "str":
        return delimited(field, value.encode()) if value else b""
    if not value:
        return b""
    return tag(field, FIXED_64 if kind == "float" else VARINT) + element(kind, value)


def encode(origin, variables, values):
    out = write(1, "str", origin)
    for number, name in enumerate(sorted(variables), start=2):
        out += write(number, variables[name], values[name])
    return out


def fields(payload):
    at = 0

    def read_varint():
        nonlocal at
        shift = value = 0
        while True:
            byte = payload[at]
            at += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7

    while at < len(payload):
        key = read_varint()
        wire_type = key & 7
        if wire_type == VARINT:
            yield key >> 3, wire_type, read_varint()
            continue
        size = {FIXED_64: 8, FIXED_32: 4}.get(wire_type)
        if size is None:
            if wire_type != DELIMITED:
                raise ValueError("wire type %d" % wire_type)
            size = read_varint()
        if at + size > len(payload):
            raise ValueError("truncated")
        yield key >> 3, wire_type, payload[at : at + size]
        at += size


def scalar(kind, raw):
    if kind == "float":
        return struct.unpack("<d", raw)[0]
    if kind == "bool":
        return bool(raw)
    return raw - (1 << 64) if raw >> 63 else raw


def packed(kind, raw):
    if kind == "float":
        return [x for (x,) in struct.iter_unpack("<d", raw)]
    out, value, shift = [], 0, 0
    for byte in raw:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            out.append(scalar(kind, value))
            value = shift = 0
    return out


def read(kind, wire_type, raw, before):
    if kind.startswith("List[List"):
        row = []
        for number, inner, value in fields(raw):
            if number == 1:
                row = read("List[float]", inner, value, row)
        return before + [row]
    if kind.startswith("List["):
        of = kind[5:-1]
        if of == "str":
            return before + [raw.decode()]
        return before + (packed(of, raw) if wire_type == DELIMITED else [scalar(of, raw)])
    if kind == "dict":
        return json.loads(raw.decode())
    return raw.decode() if kind == "str" else scalar(kind, raw)


def default(kind):
    return [] if kind.startswith("List") else {"dict": {}, "str": "", "float": 0.0, "bool": False}.get(kind, 0)


def decode(variables, payload):
    names = sorted(variables)
    values = {name: default(variables[name]) for name in names}
    origin = ""
    for number, wire_type, raw in fields(payload):
        if number == 1:
            origin = raw.decode()
        elif 2 <= number < 2 + len(names):
            name = names[number - 2]
            values[name] = read(variables[name], wire_type, raw, values[name])
    return origin, values
