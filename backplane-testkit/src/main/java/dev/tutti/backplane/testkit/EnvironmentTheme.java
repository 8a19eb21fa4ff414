package dev.tutti.backplane.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.LogOptions;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What workloads are told by their environment. */
interface EnvironmentTheme extends Theme {

  /** What any program finds, whoever starts it. */
  List<String> USUAL = List.of("PATH", "HOME", "LANG", "HOSTNAME", "PWD", "SHLVL", "_");

  @Test
  default void environmentArrivesAsItIs() {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("PLAIN", "value");
    given.put("EMPTY", "");
    given.put("EQUALS", "a=b==c");
    given.put("LINES", "first\nsecond\n\nlast\n");
    given.put("QUOTES", "it's \"so\" `id` $(id) ${HOME} $HOME \\n \\");
    given.put("SPACES", "  two  spaces\tand a tab ");
    given.put("LETTERS", "grün 水 😀 \u00a0");
    given.put("dotted.name", "dots");
    given.put("dashed-name", "dashes");
    given.put("-dash", "first");
    given.put("with space", "odd");
    given.put("1digit", "odd too");
    given.put("ODD$(id)'\"\\", "oddest");
    given.put("JSON", "{\"a\": [1, 2, \"*\"], \"b\": \"#;&|<>!~\"}");
    given.put("LARGE", "0123456789".repeat(10_000));
    assertThat(arrived("environment", given)).containsAllEntriesOf(given);
  }

  @Test
  default void workloadKnowsItsId() {
    assertThat(arrived("knows-itself", Map.of()))
        .containsEntry("TUTTI_WORKLOAD_ID", "knows-itself");
  }

  /** The account of the broker or a key may be there. */
  @Test
  default void nothingOfTheServersOwnEnvironmentArrives() {
    Set<String> ours = new HashSet<>(System.getenv().keySet());
    USUAL.forEach(ours::remove);
    assertThat(ours).isNotEmpty();
    assertThat(arrived("separate", Map.of())).doesNotContainKeys(ours.toArray(String[]::new));
  }

  private Map<String, String> arrived(String name, Map<String, String> given) {
    WorkloadId id = trial().start(name, Program.saysEnvironment(), given);
    assertThat(trial().awaitExit(id).code()).isZero();
    String said = new String(trial().text(id, LogOptions.all()).getBytes(ISO_8859_1), UTF_8);
    Map<String, String> arrived = new LinkedHashMap<>();
    Arrays.stream(said.split("\0"))
        .forEach(line ->
            arrived.put(
                line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    return arrived;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a=b", "nul\0"})
  default void variableThatCannotBeIsRefused(String name) {
    WorkloadId id = new WorkloadId("impossible");
    WorkloadSpec spec = trial().bench().spec(id, Program.exits(0), Map.of(name, "value"));
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> trial().backplane().start(spec))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(ExitCodes.START_FAILED))
        .satisfies(refused -> assertThat(refused.reason()).isNotBlank());
  }

  @Test
  default void valueWithNulIsRefused() {
    WorkloadId id = new WorkloadId("nul");
    WorkloadSpec spec = trial().bench().spec(id, Program.exits(0), Map.of("NAME", "a\0b"));
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> trial().backplane().start(spec))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(ExitCodes.START_FAILED));
  }
}
