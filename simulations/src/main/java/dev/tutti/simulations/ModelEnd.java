package dev.tutti.simulations;

import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model that ended, or that said why it is going to.
 *
 * @param exitCode as the MSO told it; null when it has only said an error so far
 * @param reason the text of its error, or what the MSO says about its end; may be empty
 * @param lastLines of its output, when the MSO told them
 */
public record ModelEnd(
    String simulation,
    int run,
    String modelId,
    @Nullable Integer exitCode,
    String reason,
    List<String> lastLines,
    Instant at) {

  public static final DocumentKind<ModelEnd> KIND =
      DocumentKind.of(
          "simulation-model",
          ModelEnd.class,
          m ->
              new Attributes(
                  m.simulation(), m.modelId(), m.exitCode() == null ? "error" : "ended"));

  public ModelEnd {
    lastLines = List.copyOf(lastLines);
  }

  static String id(String simulation, int run, String modelId) {
    return "%s~%d~%s".formatted(simulation, run, modelId);
  }

  String id() {
    return id(simulation, run, modelId);
  }

  /** Whether it ended as a failure: with another code than 0, or after an error. */
  boolean failed() {
    return exitCode == null || exitCode != 0 || !reason.isEmpty();
  }

  ModelEnd with(@Nullable Integer code, String why, List<String> lines) {
    return new ModelEnd(simulation, run, modelId, code, why, lines, at);
  }
}
