package dev.tutti.models;

import dev.tutti.core.Sha256;
import dev.tutti.core.policy.Policy;
import dev.tutti.core.policy.Violation;
import dev.tutti.dots.ModelConfiguration;
import dev.tutti.dots.ModelId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a model must be like to get a record and a workload: a record has a size, a topic a form.
 */
final class ModelRules {

  /** As JSON; sealed, and together with everything else, this fits into a document. */
  private static final int MAX_ENVIRONMENT_BYTES = 200 * 1024;

  /** Four quotes, a colon and a comma around each variable. */
  private static final int JSON_PUNCTUATION = 6;

  private static final int MAX_TEXT = 4_096;

  private ModelRules() {}

  /** Why a model cannot be run; empty when it can. */
  static Optional<String> problem(ModelConfiguration model) {
    Optional<String> id = ModelId.problem(model.modelId());
    if (id.isPresent()) {
      return Optional.of("InvalidModelId: " + shortened(id.get()));
    }
    if (model.imageUrl().length() > MAX_TEXT) {
      return Optional.of("InvalidImage: its name has more than %d characters".formatted(MAX_TEXT));
    }
    long bytes = 0;
    for (Map.Entry<String, String> variable : model.environment().entrySet()) {
      bytes += jsonBytes(variable.getKey()) + jsonBytes(variable.getValue()) + JSON_PUNCTUATION;
    }
    return bytes <= MAX_ENVIRONMENT_BYTES
        ? Optional.empty()
        : Optional.of(
            "EnvironmentTooLarge: %d bytes, at most %d".formatted(bytes, MAX_ENVIRONMENT_BYTES));
  }

  /** Why a policy forbids a model, with every rule that it does not keep; empty when it may run. */
  static Optional<String> denial(Policy policy, ModelConfiguration model) {
    List<Violation> violations = policy.violations(model.imageUrl(), model.environment().keySet());
    return violations.isEmpty()
        ? Optional.empty()
        : Optional.of(
            shortened(
                violations.stream()
                    .map(Violation::sentence)
                    .collect(Collectors.joining(" ", "PolicyDenied: ", ""))));
  }

  private static long jsonBytes(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ') {
        bytes += 6;
      } else if (c == '"' || c == '\\') {
        bytes += 2;
      } else {
        bytes += c < 0x80 ? 1 : 3;
      }
    }
    return bytes;
  }

  /**
   * What a record holds of a model's id. One that is shortened is told apart from others, and is no
   * id: nobody is told of a model that was never asked for.
   */
  static String recorded(String modelId) {
    return modelId.length() <= MAX_TEXT ? modelId : shortened(modelId) + "/" + Sha256.hex(modelId);
  }

  /** What fits into a record of a text that somebody else made. */
  static String shortened(String text) {
    if (text.length() <= MAX_TEXT) {
      return text;
    }
    // Half a character could not be written down.
    int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 2)) ? MAX_TEXT - 2 : MAX_TEXT - 1;
    return text.substring(0, end) + "…";
  }
}
