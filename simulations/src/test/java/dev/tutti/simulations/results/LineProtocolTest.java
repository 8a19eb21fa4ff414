package dev.tutti.simulations.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LineProtocolTest {

  @Test
  void readsWhatAServiceWrites() {
    var read =
        LineProtocol.read(
            "pvinstallation,simulation_id=s,model_id=pv-1,esdl_id=a\\ b,esdl_name=Roof\\,1"
                + " power=2.5,steps=3i,ok=true,note=\"a, b=\\\"c\\\"\" 1674612000\n",
            Precision.SECONDS,
            0);

    assertThat(read.wrong()).isEmpty();
    Point point = read.points().getFirst();
    assertThat(point.measurement()).isEqualTo("pvinstallation");
    assertThat(point.tags())
        .containsEntry("esdl_id", "a b")
        .containsEntry("esdl_name", "Roof,1")
        .hasSize(4);
    assertThat(point.fields())
        .containsEntry("power", "2.5")
        .containsEntry("steps", "3i")
        .containsEntry("ok", "true")
        .containsEntry("note", "\"a, b=\\\"c\\\"\"");
    assertThat(point.nanos()).isEqualTo(1_674_612_000_000_000_000L);
  }

  @Test
  void aPointWithoutATimeIsOfNow() {
    assertThat(LineProtocol.read("m a=1", Precision.SECONDS, 42).points().getFirst().nanos())
        .isEqualTo(42);
  }

  @Test
  void aWrongLineHarmsOnlyItself() {
    var read =
        LineProtocol.read(
            "m a=1 1\n,x=1 a=1\nm\nm a= 1\nm a=\"x 1\nm,t a=1 1\nm a=1 9e9\nm a=1 9223372036854775807"
                + "\n# comment\n\nm a=2 2",
            Precision.SECONDS,
            0);

    assertThat(read.points()).hasSize(2);
    assertThat(read.wrong())
        .hasSize(7)
        .allSatisfy(why -> assertThat(why).startsWith("unable to parse '"));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    for (long seed = 0; seed < 2_000; seed++) {
      Point point = RandomPoints.next(new Random(seed));
      var read = LineProtocol.read(point.line(), Precision.NANOSECONDS, 0);
      assertThat(read.wrong()).as("seed %d: %s", seed, point.line()).isEmpty();
      assertThat(read.points()).as("seed %d", seed).containsExactly(point);
    }
  }

  @Test
  void noTextIsAnException() {
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        text.append("am,,= =\\\"\n1ie.-#tü".charAt(random.nextInt(18)));
      }
      var read = LineProtocol.read(text.toString(), Precision.HOURS, 0);
      assertThat(read.points().size() + read.wrong().size()).as("seed %d", seed).isBetween(0, 40);
    }
  }
}
