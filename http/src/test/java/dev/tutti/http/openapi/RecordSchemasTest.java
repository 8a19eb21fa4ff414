package dev.tutti.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tutti.api.Allowed;
import dev.tutti.http.openapi.RecordSchemas.Way;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What records look like in the description of the API. */
final class RecordSchemasTest {

  private static final JsonMapper JSON = new JsonMapper();

  private final RecordSchemas schemas = new RecordSchemas();

  enum Colour {
    RED,
    BLUE
  }

  sealed interface Shape {}

  record Circle(double radius) implements Shape {}

  record Square(int side) implements Shape {}

  record PictureView(
      Shape shape,
      Colour colour,
      Map<String, List<Long>> places,
      Optional<Instant> drawn,
      @Nullable Duration took,
      @Nullable Shape other,
      @JsonProperty("by_whom") @Allowed(pattern = "[a-z]+", longest = 9) @Nullable String artist,
      @Allowed(words = {"on", "off"}) String light,
      List<PictureView> copies) {}

  record Stream(InputStream in) {}

  private void assertDescribed(String name, String json) {
    assertThat(JSON.readTree(JSON.writeValueAsString(schemas.components().get(name))))
        .isEqualTo(JSON.readTree(json));
  }

  @Test
  void answerHasEveryKeyAndSaysWhatMayBeNull() {
    assertThat(schemas.of(PictureView.class, Way.ANSWER))
        .isEqualTo(Map.of("$ref", "#/components/schemas/RecordSchemasTestPicture"));
    assertDescribed(
        "RecordSchemasTestPicture",
        """
        {"type": "object",
         "properties": {
           "shape": {"$ref": "#/components/schemas/RecordSchemasTestShape"},
           "colour": {"type": "string", "enum": ["RED", "BLUE"]},
           "places": {"type": "object", "additionalProperties":
             {"type": "array", "items": {"type": "integer", "format": "int64"}}},
           "drawn": {"type": ["string", "null"], "format": "date-time"},
           "took": {"type": ["string", "null"], "format": "duration"},
           "other": {"anyOf": [
             {"$ref": "#/components/schemas/RecordSchemasTestShape"}, {"type": "null"}]},
           "by_whom": {"type": ["string", "null"], "pattern": "^([a-z]+)$", "maxLength": 9},
           "light": {"type": "string", "enum": ["on", "off"]},
           "copies": {"type": "array", "items":
             {"$ref": "#/components/schemas/RecordSchemasTestPicture"}}},
         "required": ["shape", "colour", "places", "drawn", "took", "other", "by_whom", "light",
           "copies"]}
        """);
    assertDescribed(
        "RecordSchemasTestShape",
        """
        {"oneOf": [{"$ref": "#/components/schemas/RecordSchemasTestCircle"},
                   {"$ref": "#/components/schemas/RecordSchemasTestSquare"}]}
        """);
  }

  @Test
  void requestMayLeaveOutWhatMayBeNullAndHasNoOtherKeys() {
    Object _ = schemas.of(PictureView.class, Way.REQUEST);
    var described =
        JSON.readTree(
            JSON.writeValueAsString(schemas.components().get("RecordSchemasTestPictureInput")));
    assertThat(described.get("required"))
        .isEqualTo(
            JSON.readTree("[\"shape\", \"colour\", \"places\", \"drawn\", \"light\", \"copies\"]"));
    assertThat(described.get("additionalProperties").booleanValue()).isFalse();
  }

  @Test
  void whatHasNoSchemaIsSaid() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> schemas.of(Stream.class, Way.ANSWER))
        .withMessageContaining("java.io.InputStream");
  }

  @Test
  void recordIsDescribedOnceForEachSideOfTheApi() {
    Map<String, Object> written = schemas.of(Circle.class, Way.ANSWER);
    assertThat(schemas.of(Circle.class, Way.ANSWER)).isEqualTo(written);
    assertThat(schemas.of(Circle.class, Way.REQUEST)).isNotEqualTo(written);
    assertThat(schemas.components())
        .containsOnlyKeys("RecordSchemasTestCircle", "RecordSchemasTestCircleInput");
  }
}
