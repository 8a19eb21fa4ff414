package dev.tutti.sdk;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types that a variable of a data message may have, and how protobuf writes each. */
enum VariableType {
  INT,
  DOUBLE,
  TEXT,
  BOOL,
  /** A map, as JSON text in a string field. */
  JSON,
  INTS,
  DOUBLES,
  TEXTS,
  BOOLS,
  /** A list of lists, each a message {@code ListOfDoubles{ repeated double doubles = 1 }}. */
  DOUBLE_LISTS;

  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int DELIMITED = 2;
  private static final int DOUBLES_OF_A_LIST = 1;

  /** What a field has that is not on the wire. */
  Object absent() {
    return switch (this) {
      case INT -> 0;
      case DOUBLE -> 0.0;
      case TEXT -> "";
      case BOOL -> false;
      case JSON -> Map.of();
      case INTS, DOUBLES, TEXTS, BOOLS, DOUBLE_LISTS -> List.of();
    };
  }

  /** The type for a component of a record; empty when messages cannot carry it. */
  static Optional<VariableType> of(Type type) {
    if (type instanceof Class<?> plain) {
      return ofPlain(plain);
    }
    if (!(type instanceof ParameterizedType generic)) {
      return Optional.empty();
    }
    if (generic.getRawType() == Map.class && generic.getActualTypeArguments()[0] == String.class) {
      return Optional.of(JSON);
    }
    if (generic.getRawType() != List.class) {
      return Optional.empty();
    }
    return of(generic.getActualTypeArguments()[0])
        .flatMap(element ->
            switch (element) {
              case INT -> Optional.of(INTS);
              case DOUBLE -> Optional.of(DOUBLES);
              case TEXT -> Optional.of(TEXTS);
              case BOOL -> Optional.of(BOOLS);
              case DOUBLES -> Optional.of(DOUBLE_LISTS);
              case JSON, INTS, TEXTS, BOOLS, DOUBLE_LISTS -> Optional.empty();
            });
  }

  private static Optional<VariableType> ofPlain(Class<?> type) {
    if (type == int.class || type == Integer.class) {
      return Optional.of(INT);
    }
    if (type == double.class || type == Double.class) {
      return Optional.of(DOUBLE);
    }
    if (type == boolean.class || type == Boolean.class) {
      return Optional.of(BOOL);
    }
    return type == String.class ? Optional.of(TEXT) : Optional.empty();
  }

  /** Writes a field, unless its value is the default, as proto3 does. */
  void write(int field, Object value, CodedOutputStream out) throws IOException {
    switch (this) {
      case INT -> {
        if ((Integer) value != 0) {
          out.writeInt32(field, (Integer) value);
        }
      }
      case DOUBLE -> {
        // Only the zero of all bits zero is the default: -0.0 is written.
        if (Double.doubleToRawLongBits((Double) value) != 0) {
          out.writeDouble(field, (Double) value);
        }
      }
      case BOOL -> {
        if ((Boolean) value) {
          out.writeBool(field, true);
        }
      }
      case TEXT -> writeText(field, (String) value, out);
      case JSON -> writeText(field, Json.write(value), out);
      case TEXTS -> {
        for (Object text : (List<?>) value) {
          out.writeString(field, (String) text);
        }
      }
      case INTS, DOUBLES, BOOLS -> writePacked(field, (List<?>) value, out);
      case DOUBLE_LISTS -> {
        for (Object list : (List<?>) value) {
          List<?> doubles = (List<?>) list;
          out.writeTag(field, DELIMITED);
          out.writeUInt32NoTag(DOUBLES.packedSize(DOUBLES_OF_A_LIST, doubles));
          DOUBLES.writePacked(DOUBLES_OF_A_LIST, doubles, out);
        }
      }
    }
  }

  private static void writeText(int field, String text, CodedOutputStream out) throws IOException {
    if (!text.isEmpty()) {
      out.writeString(field, text);
    }
  }

  private void writePacked(int field, List<?> values, CodedOutputStream out) throws IOException {
    if (values.isEmpty()) {
      return;
    }
    out.writeTag(field, DELIMITED);
    out.writeUInt32NoTag(elementsSize(values));
    for (Object value : values) {
      switch (value) {
        case Integer number -> out.writeInt32NoTag(number);
        case Double number -> out.writeDoubleNoTag(number);
        case Boolean bool -> out.writeBoolNoTag(bool);
        default -> throw new IllegalArgumentException("no number: " + value);
      }
    }
  }

  private int packedSize(int field, List<?> values) {
    if (values.isEmpty()) {
      return 0;
    }
    int size = elementsSize(values);
    return CodedOutputStream.computeTagSize(field)
        + CodedOutputStream.computeUInt32SizeNoTag(size)
        + size;
  }

  private static int elementsSize(List<?> values) {
    int size = 0;
    for (Object value : values) {
      size +=
          switch (value) {
            case Integer number -> CodedOutputStream.computeInt32SizeNoTag(number);
            case Double _ -> Double.BYTES;
            default -> 1;
          };
    }
    return size;
  }

  /**
   * Reads a field whose tag was just read.
   *
   * @param before what the field had until now: lists grow, packed or not; of the rest the last
   *     counts
   * @return empty when the wire type is none for this type, so that the field is to be skipped
   */
  Optional<Object> read(int wireType, Object before, CodedInputStream in) throws IOException {
    return switch (this) {
      case INT -> wireType == VARINT ? Optional.of(in.readInt32()) : Optional.empty();
      case DOUBLE -> wireType == FIXED_64 ? Optional.of(in.readDouble()) : Optional.empty();
      case BOOL -> wireType == VARINT ? Optional.of(in.readBool()) : Optional.empty();
      case TEXT ->
          wireType == DELIMITED ? Optional.of(in.readStringRequireUtf8()) : Optional.empty();
      case JSON ->
          wireType == DELIMITED
              ? Optional.of(Json.object(in.readStringRequireUtf8()))
              : Optional.empty();
      case TEXTS ->
          wireType == DELIMITED
              ? Optional.of(grown(before, in.readStringRequireUtf8()))
              : Optional.empty();
      case INTS -> readNumbers(wireType, VARINT, INT, before, in);
      case BOOLS -> readNumbers(wireType, VARINT, BOOL, before, in);
      case DOUBLES -> readNumbers(wireType, FIXED_64, DOUBLE, before, in);
      case DOUBLE_LISTS ->
          wireType == DELIMITED ? Optional.of(grown(before, readDoubles(in))) : Optional.empty();
    };
  }

  private static Optional<Object> readNumbers(
      int wireType, int unpacked, VariableType element, Object before, CodedInputStream in)
      throws IOException {
    if (wireType == unpacked) {
      return element.read(wireType, element.absent(), in).map(value -> grown(before, value));
    }
    if (wireType != DELIMITED) {
      return Optional.empty();
    }
    List<Object> values = new ArrayList<>((List<?>) before);
    int limit = in.pushLimit(in.readRawVarint32());
    while (!in.isAtEnd()) {
      element.read(unpacked, element.absent(), in).ifPresent(values::add);
    }
    in.popLimit(limit);
    return Optional.of(values);
  }

  private static Object readDoubles(CodedInputStream in) throws IOException {
    Object doubles = List.of();
    int limit = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      Optional<Object> read =
          tag >>> 3 == DOUBLES_OF_A_LIST ? DOUBLES.read(tag & 7, doubles, in) : Optional.empty();
      if (read.isPresent()) {
        doubles = read.get();
      } else {
        in.skipField(tag);
      }
    }
    in.popLimit(limit);
    return doubles;
  }

  private static List<Object> grown(Object before, Object value) {
    List<Object> values = new ArrayList<>((List<?>) before);
    values.add(value);
    return values;
  }
}
