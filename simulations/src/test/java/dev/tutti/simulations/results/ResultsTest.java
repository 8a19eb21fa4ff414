package dev.tutti.simulations.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.Failure;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

  @TempDir Path folder;
  private Results results;

  @BeforeEach
  void open() {
    results = new Results(folder, 1 << 20);
  }

  @Test
  void pointsBecomeATableByTime() throws IOException {
    add("pv,simulation_id=s,esdl_id=b power=2 1800\npv,simulation_id=s,esdl_id=a power=1.5 900");
    add("pv,simulation_id=s,esdl_id=a note=\"x,y\" 900\npv,simulation_id=s,esdl_id=a power=7i 900");

    assertThat(csv("s", "pv"))
        .isEqualToIgnoringNewLines(
            """
            time,esdl_id,note,power
            1970-01-01T00:15:00Z,a,"x,y",7
            1970-01-01T00:30:00Z,b,,2
            """)
        .endsWith("2\r\n");
    assertThat(results.table("s", "pv").summary("power")).isEqualTo(new FieldSummary(2, 2, 4.5, 7));
  }

  @Test
  void simulationsAndMeasurementsAreApart() {
    add("b,simulation_id=s x=1 1\na,simulation_id=s x=1 1\na,simulation_id=t x=2 1");

    assertThat(results.measurements("s")).containsExactly("a", "b");
    assertThat(results.measurements("t")).containsExactly("a");
    assertThat(results.measurements("nobody")).isEmpty();
    results.delete("s");
    assertThat(results.measurements("s")).isEmpty();
    assertThat(results.measurements("t")).containsExactly("a");
  }

  @Test
  void aLineCutOffInWritingIsNoPointAndHarmsNoOther() throws IOException {
    add("pv,simulation_id=s x=1 1");
    Path file = folder.resolve("s").resolve("pv.lp");
    Files.writeString(file, "pv,simulation_id=s x=9", StandardOpenOption.APPEND);
    assertThat(results.table("s", "pv").size()).isEqualTo(1);

    add("pv,simulation_id=s x=2 2");

    assertThat(Files.readString(file))
        .isEqualTo("pv,simulation_id=s x=1 1000000000\npv,simulation_id=s x=2 2000000000\n");
  }

  @Test
  void namesFromOutsideAreNoPaths() {
    add("..,simulation_id=../../x y=1 1\n/etc,simulation_id=../../x y=1 1");

    assertThat(results.measurements("../../x")).containsExactly("..", "/etc");
    assertThat(folder.resolve("%2e%2e%2f%2e%2e%2fx")).isDirectory();
  }

  @Test
  void aPointOfNoSimulationIsRefused() {
    assertThatThrownBy(() -> add("pv x=1 1"))
        .isInstanceOf(Failure.Rejected.class)
        .hasMessageContaining("simulation_id");
  }

  @Test
  void resultsBeyondTheLimitAreRefused() {
    Results small = new Results(folder, 60);
    small.add(read("pv,simulation_id=s x=1 1"));

    assertThatThrownBy(() -> small.add(read("pv,simulation_id=s x=2 2")))
        .hasMessageContaining("would pass");
    assertThat(small.table("s", "pv").size()).isEqualTo(1);
  }

  private void add(String lines) {
    results.add(read(lines));
  }

  private static List<Point> read(String lines) {
    return LineProtocol.read(lines, Precision.SECONDS, 0).points();
  }

  private String csv(String simulation, String measurement) throws IOException {
    StringWriter out = new StringWriter();
    results.table(simulation, measurement).writeCsv(out);
    return out.toString();
  }
}
