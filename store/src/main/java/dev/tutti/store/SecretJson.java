package dev.tutti.store;

import dev.tutti.core.SecretMap;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Secrets within bodies: a {@link SecretMap}, names and values, is one sealed text. An object in
 * its place is of a release that did not seal; it is read, and sealed when it is next written.
 */
final class SecretJson {

  private static final TypeReference<Map<String, String>> PLAIN = new TypeReference<>() {};
  private static final JsonMapper INNER = new JsonMapper();

  private SecretJson() {}

  static SimpleModule module(Seal seal) {
    return new SimpleModule("secrets")
        .addSerializer(SecretMap.class, new Sealing(seal::seal))
        .addDeserializer(SecretMap.class, new Opening(seal::open));
  }

  private static final class Sealing extends ValueSerializer<SecretMap> {
    private final Function<byte[], byte[]> seal;

    Sealing(Function<byte[], byte[]> seal) {
      this.seal = seal;
    }

    @Override
    public void serialize(SecretMap secrets, JsonGenerator json, SerializationContext context) {
      byte[] plain = INNER.writerFor(PLAIN).writeValueAsBytes(secrets);
      json.writeString(Base64.getEncoder().withoutPadding().encodeToString(seal.apply(plain)));
    }
  }

  private static final class Opening extends ValueDeserializer<SecretMap> {
    private final Function<byte[], byte[]> open;

    Opening(Function<byte[], byte[]> open) {
      this.open = open;
    }

    @Override
    public SecretMap deserialize(JsonParser json, DeserializationContext context) {
      if (json.currentToken() == JsonToken.VALUE_STRING) {
        byte[] sealed = Base64.getDecoder().decode(json.getString());
        return SecretMap.of(INNER.readValue(open.apply(sealed), PLAIN));
      }
      return SecretMap.of(json.readValueAs(PLAIN));
    }

    @Override
    public SecretMap getNullValue(DeserializationContext context) {
      return SecretMap.of(Map.of());
    }
  }
}
