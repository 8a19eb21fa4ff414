package dev.tutti.cli;

import dev.tutti.api.Json;
import dev.tutti.api.Page;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON with Jackson: reads leniently, keeps numbers as they were written. */
final class JacksonJson implements Json {
  private final JsonMapper mapper =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  @Override
  public <T> T read(byte[] json, Class<T> type) {
    try {
      return present(mapper.readValue(json, type));
    } catch (JacksonException unreadable) {
      throw new IllegalArgumentException(unreadable.getOriginalMessage(), unreadable);
    }
  }

  @Override
  public <T> Page<T> readPage(byte[] json, Class<T> item) {
    try {
      JavaType type = mapper.getTypeFactory().constructParametricType(Page.class, item);
      Page<T> page = present(mapper.readValue(json, type));
      return new Page<>(present(page.items()), page.next());
    } catch (JacksonException unreadable) {
      throw new IllegalArgumentException(unreadable.getOriginalMessage(), unreadable);
    }
  }

  @Override
  public byte[] write(Object value) {
    return mapper.writeValueAsBytes(value);
  }

  <T> T view(JsonNode tree, Class<T> type) {
    return mapper.treeToValue(tree, type);
  }

  /** On one line. */
  String line(Object value) {
    return mapper.writeValueAsString(value);
  }

  /** Over several lines, for people who look at it. */
  String pretty(Object value) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(separators)
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter);
    return mapper.writer().with(printer).writeValueAsString(value);
  }

  private static <T> T present(T read) {
    if (read == null) {
      throw new IllegalArgumentException("null where something was expected");
    }
    return read;
  }
}
