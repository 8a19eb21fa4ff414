package dev.tutti.store;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.UnreadableDocument;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Bodies as JSON. Read leniently, so that the next release's documents can be read by this one:
 * unknown keys are ignored, and a missing list, map or text is an empty one.
 */
final class BodyJson {

  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
  private static final JsonSetter.Value EMPTY = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);

  private final JsonMapper mapper;

  BodyJson(SimpleModule... modules) {
    mapper =
        JsonMapper.builder()
            .addModules(modules)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .withConfigOverride(List.class, o -> o.setNullHandling(EMPTY))
            .withConfigOverride(Set.class, o -> o.setNullHandling(EMPTY))
            .withConfigOverride(Map.class, o -> o.setNullHandling(EMPTY))
            .withConfigOverride(String.class, o -> o.setNullHandling(EMPTY))
            .build();
  }

  byte[] write(Object body) {
    byte[] bytes = mapper.writeValueAsBytes(body);
    if (bytes.length > Document.MAX_BODY_BYTES) {
      throw new Failure.Rejected(
          Problem.of(
              "document-too-large",
              413,
              "A record of %d bytes is more than the %d that one may have."
                  .formatted(bytes.length, Document.MAX_BODY_BYTES)));
    }
    return bytes;
  }

  <T> T read(Class<T> type, byte[] bytes) {
    return mapper.readValue(bytes, type);
  }

  /** Reads a body of any schema up to ours, and leniently one beyond. */
  <T extends Record> T read(DocumentKind<T> kind, String id, int schema, byte[] bytes) {
    try {
      if (schema >= kind.schema()) {
        return mapper.readValue(bytes, kind.type());
      }
      Map<String, Object> tree = mapper.readValue(bytes, TREE);
      for (int from = schema; from < kind.schema(); from++) {
        tree = kind.upcasters().get(from - 1).upcast(tree);
      }
      return mapper.convertValue(tree, kind.type());
    } catch (RuntimeException unreadable) {
      String reason =
          unreadable instanceof JacksonException json
              ? json.getOriginalMessage()
              : unreadable.toString();
      throw new UnreadableDocument(kind, id, schema, reason, unreadable);
    }
  }

  Map<String, Object> tree(byte[] bytes) {
    return mapper.readValue(bytes, TREE);
  }
}
