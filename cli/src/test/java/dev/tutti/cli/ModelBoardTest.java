package dev.tutti.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.ModelView;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ModelBoardTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void lineSaysWhenWhichModelWentWhere() {
    ModelBoard board = board(false, StandardCharsets.UTF_8);

    board.update(model("1-model", "created", null, ""));
    board.update(model("1-model", "created", null, ""));
    board.update(model("1-model", "failed", 1, "Error"));

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            12:00:00.000  1-model  created
            12:00:01.123  1-model  created → failed (exit 1: Error)
            """);
    assertThat(board.allEnded()).isTrue();
  }

  @Test
  void lineNamesTheSimulationWhenThereAreSeveral() {
    ModelBoard board = board(false, StandardCharsets.UTF_8);
    ModelView other =
        new ModelView(
            "s~y~1~a", "s~y~1", "a", "i", "running", null, "", "w", NOON, NOON, null, List.of());

    board.update(model("a", "created", null, ""), other);
    board.update(model("a", "succeeded", 0, "Success!"));

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("  y/a  running\n")
        .contains("  x/a  created → succeeded\n");
    assertThat(board.allEnded()).isFalse();
  }

  @Test
  void arrowIsPlainWhereTheOutputKnowsNoOther() {
    ModelBoard board = board(false, StandardCharsets.US_ASCII);

    board.update(model("a", "created", null, ""));
    board.update(model("a", "failed", 1, ""));

    assertThat(bytes.toString(StandardCharsets.US_ASCII)).contains("created -> failed (exit 1)\n");
  }

  @Test
  void terminalIsDrawnOverAndLeftInOrder() {
    ModelBoard board = board(true, StandardCharsets.UTF_8);

    board.update(model("a", "created", null, ""), model("b", "created", null, ""));
    board.update(model("b", "failed", 1, "Error"));
    board.note("connection lost; trying again");
    board.note("");
    board.close();
    board.close();
    board.update(model("a", "failed", 1, "Error"));

    Golden.check("tables/board.txt", bytes.toString(StandardCharsets.UTF_8).replace("\033", "ESC"));
  }

  @Test
  void smallTerminalShowsWhatMatters() {
    ModelBoard board = board(true, StandardCharsets.UTF_8);

    board.update(
        IntStream.range(0, 400)
            .mapToObj(i -> model("m" + i, i == 399 ? "failed" : "succeeded", i == 399 ? 1 : 0, ""))
            .toList());

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .as("with a line left for a note and one for the cursor")
        .hasSize(10 - 2)
        .contains("… and 395 more")
        .anyMatch(line -> line.endsWith("400 models: 399 succeeded, 1 failed"))
        .anyMatch(line -> line.startsWith("m399"));
  }

  @Test
  void forgottenModelsNoLongerCount() {
    ModelBoard board = board(true, StandardCharsets.UTF_8);

    board.update(model("a", "created", null, ""), model("b", "failed", 1, ""));
    board.retain(Set.of("s~x~1~b"));

    assertThat(board.allEnded()).isTrue();
  }

  private ModelBoard board(boolean terminal, Charset charset) {
    return new ModelBoard(
        new PrintStream(bytes, true, charset), terminal, () -> 40, () -> 10, false, ZoneOffset.UTC);
  }

  private static ModelView model(String id, String state, @Nullable Integer code, String reason) {
    Instant ended = code == null ? null : NOON.plusMillis(1123);
    return new ModelView(
        "s~x~1~" + id, "s~x~1", id, "i", state, code, reason, "w", NOON, null, ended, List.of());
  }
}
