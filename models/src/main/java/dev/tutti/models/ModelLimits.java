package dev.tutti.models;

import dev.tutti.dots.ModelConfiguration;
import dev.tutti.dots.ModelId;
import java.util.Map;
import java.util.Optional;

/**
 * What a model may ask for. Records hold it all, and a record that is too large for the store would
 * stop its whole simulation; so it is looked at before.
 */
final class ModelLimits {

  /** Far beyond every reference that a registry takes. */
  private static final int LONGEST_IMAGE = 1_024;

  /** Of the whole environment, as JSON at worst. */
  private static final int LARGEST_ENVIRONMENT = 128 * 1024;

  private static final int LONGEST_SHOWN = 200;
  private static final int HASH_DIGITS = 14;

  private ModelLimits() {}

  /** Why the model cannot be, as a word and a sentence; empty when it can. */
  static Optional<String> problem(ModelConfiguration model) {
    Optional<String> id = ModelId.problem(model.modelId());
    if (id.isPresent()) {
      return Optional.of("InvalidModelId: " + id.get());
    }
    if (model.imageUrl().length() > LONGEST_IMAGE) {
      return Optional.of(
          "InvalidImage: the reference has %d characters, more than %d"
              .formatted(model.imageUrl().length(), LONGEST_IMAGE));
    }
    long environment = 0;
    for (Map.Entry<String, String> variable : model.environment().entrySet()) {
      environment += jsonBytes(variable.getKey()) + jsonBytes(variable.getValue()) + 6;
    }
    return environment > LARGEST_ENVIRONMENT
        ? Optional.of(
            "EnvironmentTooLarge: it has %d bytes, more than %d"
                .formatted(environment, LARGEST_ENVIRONMENT))
        : Optional.empty();
  }

  /**
   * What a record holds of a model's id: all of it if it can be one, else enough to tell it apart,
   * which is no id either.
   */
  static String recordedId(String modelId) {
    return modelId.length() <= LONGEST_IMAGE || ModelId.problem(modelId).isEmpty()
        ? modelId
        : shown(modelId) + "/" + WorkloadNames.sha256(modelId).substring(0, HASH_DIGITS);
  }

  /** The beginning of a text that came from outside, where it is longer than any good one. */
  static String shown(String text) {
    return text.length() <= LONGEST_IMAGE ? text : text.substring(0, cut(text)) + "…";
  }

  private static int cut(String text) {
    return Character.isHighSurrogate(text.charAt(LONGEST_SHOWN - 1))
        ? LONGEST_SHOWN - 1
        : LONGEST_SHOWN;
  }

  private static long jsonBytes(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c == '\n' ? 2 : c < ' ' ? 6 : c == '"' || c == '\\' ? 2 : c < 0x80 ? 1 : 3;
    }
    return bytes;
  }
}
