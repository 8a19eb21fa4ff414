package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.app.settings.Flags;
import dev.tutti.app.settings.Wrong;
import dev.tutti.cli.Screen;
import dev.tutti.cli.Surroundings;
import dev.tutti.cli.TuttiCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  @TempDir Path folder;

  @Test
  void aServerWithoutSettingsHasTheDefaults() {
    Configuration configuration = Configuration.read(new Environment(Map.of("HOME", "/home/me")));

    assertThat(configuration.data()).isEqualTo(Path.of("/home/me/.local/state/tutti"));
    assertThat(configuration.apiHost()).isEqualTo("127.0.0.1");
    assertThat(configuration.apiPort()).isEqualTo(7070);
    assertThat(configuration.broker().named()).isFalse();
    assertThat(configuration.broker().port()).isEqualTo(1883);
    assertThat(configuration.simulatorNames()).containsExactly("dots-so");
    assertThat(configuration.startTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(configuration.doneGrace()).isEqualTo(Duration.ofSeconds(10));
    assertThat(configuration.stopGrace()).isEqualTo(Duration.ofSeconds(10));
    assertThat(configuration.retention()).isEqualTo(Duration.ofDays(7));
    assertThat(configuration.eventsKept()).isEqualTo(Duration.ofDays(30));
    assertThat(configuration.lastLines()).isEqualTo(30);
    assertThat(configuration.workloadsLimit()).isGreaterThanOrEqualTo(8);
    assertThat(configuration.lowSpace()).isEqualTo(64L << 20);
    assertThat(configuration.logLevel()).isEqualTo("INFO");
    assertThat(configuration.keyFile()).isNull();
    assertThat(configuration.resultsPort()).isEqualTo(7071);
    assertThat(configuration.simulation().mqttQos()).isEqualTo(0);
    assertThat(configuration.simulation().deployTimeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(configuration.simulation().database()).isEmpty();
  }

  @Test
  void aFlagWinsOverTheEnvironmentThatOverTheEnvFileThatOverTheFile() throws IOException {
    Path file = write("tutti.yaml", "api:\n  port: 1001\n  host: 10.0.0.1\nlog.level: debug\n");
    write(".env", "TUTTI_API_PORT=1002\nTUTTI_LAST_LINES=5\nLOG_LEVEL=\n");
    Map<String, String> process = new HashMap<>(home());

    assertThat(port(Flags.none(), file, process)).isEqualTo(1002);
    process.put("TUTTI_API_PORT", "1003");
    assertThat(port(Flags.none(), file, process)).isEqualTo(1003);
    Flags byKey = new Flags(Map.of("api.port", "1004"));
    assertThat(port(byKey, file, process)).isEqualTo(1004);
    Flags flag = Flags.none().with("--port", Optional.of(1005));
    Settled settled = settled(flag, Optional.of(file), process);
    Configuration configuration = Configuration.of(settled);
    assertThat(configuration.apiPort()).isEqualTo(1005);
    assertThat(configuration.apiHost()).isEqualTo("10.0.0.1");
    assertThat(configuration.lastLines()).isEqualTo(5);
    assertThat(configuration.logLevel()).as("empty counts as absent").isEqualTo("DEBUG");

    assertThat(settled.values().origin(ServerSettings.API_PORT)).isEqualTo("flag --port");
    assertThat(settled.values().origin(ServerSettings.API_HOST)).isEqualTo(file + ":3");
    assertThat(settled.values().origin(ServerSettings.LAST_LINES))
        .isEqualTo(".env file TUTTI_LAST_LINES");
    assertThat(settled.values().origin(ServerSettings.MQTT_PORT)).isEqualTo("default");
  }

  @Test
  void theFileInTheDataFolderIsReadByItself() throws IOException {
    write("tutti.yaml", "simulator-name: [ESSIM, dots-so]\n");
    Configuration configuration =
        Configuration.read(new Environment(Map.of("TUTTI_DATA", folder.toString())));

    assertThat(configuration.simulatorNames()).containsExactly("essim", "dots-so");

    Path other = write("other.yaml", "simulator-name: other\ndata: " + folder + "\n");
    assertThat(
            Configuration.read(new Environment(Map.of("TUTTI_CONFIG", other.toString())))
                .simulatorNames())
        .containsExactly("other");

    write("tutti.yaml", "data: /elsewhere\n");
    assertThat(wrong(Map.of("TUTTI_DATA", folder.toString())))
        .singleElement()
        .asString()
        .contains(
            "tutti.yaml:1", "data cannot be set in the file that was found in the data folder");
  }

  @Test
  void everyMistakeIsToldAtOnceWithItsLineAndWhatToDo() throws IOException {
    Path file =
        write(
            "tutti.yaml",
            """
            api:
              prot: 7070
              host: 10.0.0.1
            models:
              start-timeout: 5 minutes
            mqqt:
              host: there
            port: 1
            limits: 5
            TUTTI_LOW_SPACE: 1GiB
            mqtt:
              host: [a, b]
              password:
                fiel: /x
            retention:
              records: &week 7d
              events: *week
              records: 8d
            """);
    List<Wrong> wrong =
        settled(
                Flags.none(),
                Optional.of(file),
                Map.of("TUTTI_API_PORT", "99999", "MQTT_QOS", "3", "HOME", "/h"))
            .wrong();

    assertThat(wrong)
        .extracting(Wrong::line)
        .containsExactlyInAnyOrder(
            file + ":2: api.prot is no setting; did you mean api.port?",
            file
                + ":5: models.start-timeout is '5 minutes', but must be a duration such as 30s, 5m,"
                + " 12h or 7d",
            file + ":6: mqqt is no setting; did you mean mqtt?",
            file + ":8: port is no setting",
            file + ":9: limits has to be a section",
            file + ":10: TUTTI_LOW_SPACE is no setting; did you mean limits.low-space?",
            file + ":12: mqtt.host has one value, not a list",
            file + ":13: mqtt.password is no section",
            file + ":17: retention.events is an alias, which is not understood",
            file + ":18: retention.records is there twice, first in line 16",
            "TUTTI_API_PORT is '99999', but must be a whole number from 0 to 65535",
            "MQTT_QOS is '3', but must be a whole number from 0 to 2");
    assertThat(wrong).extracting(Wrong::advice).allMatch(advice -> advice.endsWith("."));
  }

  @Test
  void aFileThatIsNoYamlIsToldWithItsLine() throws IOException {
    assertThat(wrongIn("api:\n  port: \"1\nlog: x\n"))
        .singleElement()
        .asString()
        .contains("no YAML: while scanning a quoted scalar");
    assertThat(wrongIn("- a\n")).singleElement().asString().contains("this is no 'key: value'");
    assertThat(wrongIn("api: {}\n---\nlog: {}\n")).singleElement().asString().contains("second");
    assertThat(wrongIn("a: ".repeat(40) + "1\n")).isNotEmpty();
    assertThat(wrongIn("x: " + "[".repeat(60) + "]".repeat(60) + "\n")).isNotEmpty();
    assertThat(wrongIn("")).isEmpty();
    assertThat(wrongIn("# nothing\n")).isEmpty();
    assertThat(wrongIn("api:\nlog: null\n")).isEmpty();
    assertThat(wrongIn("mqtt.host: !!java.lang.Runtime x\n")).isEmpty();
    assertThat(settled(Flags.none(), Optional.of(folder.resolve("none")), home()).wrong())
        .singleElement()
        .asString()
        .contains("there is no file");
  }

  @Test
  void aSecretMayBeInAFileAndIsNeverToldOn() throws IOException {
    Path secret = write("broker.secret", "s3cret\n");
    Path file = write("a.yaml", "mqtt:\n  password:\n    file: " + secret + "\n");
    Map<String, String> process = new HashMap<>(home());

    assertThat(password(file, process)).isEqualTo("s3cret");
    process.put("MQTT_PASSWORD_FILE", write("other.secret", "0ther").toString());
    assertThat(password(file, process)).isEqualTo("0ther");
    process.put("MQTT_PASSWORD", "third");
    assertThat(settled(Flags.none(), Optional.of(file), process).wrong())
        .singleElement()
        .asString()
        .contains("MQTT_PASSWORD and MQTT_PASSWORD_FILE are both set")
        .doesNotContain("third");
    process.remove("MQTT_PASSWORD");
    process.put("MQTT_PASSWORD_FILE", folder.resolve("gone").toString());
    assertThat(settled(Flags.none(), Optional.of(file), process).wrong())
        .singleElement()
        .asString()
        .contains("MQTT_PASSWORD_FILE names", "cannot be read");
    assertThat(
            settled(new Flags(Map.of("mqtt.password", "s3cret")), Optional.of(file), home())
                .wrong())
        .singleElement()
        .asString()
        .contains("--set shows mqtt.password")
        .doesNotContain("s3cret");

    Settled settled = settled(Flags.none(), Optional.of(file), home());
    for (ConfigText.Format format : ConfigText.Format.values()) {
      for (boolean origin : new boolean[] {true, false}) {
        assertThat(new ConfigText(settled, origin).in(format))
            .contains("1883")
            .doesNotContain("s3cret");
      }
    }
    assertThat(settled.toString()).doesNotContain("s3cret");
  }

  @Test
  void whatIsShownAsYamlIsAFileThatSaysTheSame() throws IOException {
    Map<String, String> process = new HashMap<>(home());
    process.put("TUTTI_START_TIMEOUT", "90s");
    process.put("TUTTI_LOW_SPACE", "1024KiB");
    process.put("SIMULATOR_NAME", "essim,dots-so");
    process.put("SIMULATION_SURFACE_ANONYMOUS", "true");
    Settled before = settled(Flags.none(), Optional.empty(), process);

    Path file = write("shown.yaml", new ConfigText(before, false).in(ConfigText.Format.YAML));
    Settled after = settled(Flags.none(), Optional.of(file), home());

    assertThat(after.wrong()).isEmpty();
    assertThat(Configuration.of(after)).isEqualTo(Configuration.of(before));
    assertThat(Files.readString(file)).contains("start-timeout: 90s", "low-space: 1MiB");
  }

  @Test
  void theTableShowsWhereEachValueWasSet() throws IOException {
    Path file = write("tutti.yaml", "api:\n  port: 1\n");
    String table =
        new ConfigText(settled(Flags.none(), Optional.of(file), home()), true)
            .in(ConfigText.Format.TABLE);

    assertThat(table.lines()).first().asString().matches("KEY +VALUE +ORIGIN");
    assertThat(table).containsPattern("api.port +1 +" + file + ":2");
    assertThat(table).containsPattern("simulations.results-port +\\(the port above the API's\\)");
  }

  @Test
  void aVariableThatIsNearlyOneIsToldAndStartsAllTheSame() {
    Map<String, String> process = new HashMap<>(home());
    process.put("TUTTI_STRAT_TIMEOUT", "1m");
    process.put("TUTTI_SERVICE_HOST", "given by others");
    process.put("TUTTI_SERVER", "http://x");
    Settled settled = settled(Flags.none(), Optional.empty(), process);

    assertThat(settled.wrong()).isEmpty();
    assertThat(settled.doubts())
        .singleElement()
        .asString()
        .contains("TUTTI_STRAT_TIMEOUT", "TUTTI_START_TIMEOUT");
  }

  @Test
  void aFileOfSecretsThatEverybodyMayReadIsToldAndStartsAllTheSame() throws IOException {
    Path file = write("open.yaml", "mqtt:\n  password: s3cret\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(settled(Flags.none(), Optional.of(file), home()).doubts())
        .singleElement()
        .asString()
        .contains("holds secrets");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(settled(Flags.none(), Optional.of(file), home()).doubts()).isEmpty();
  }

  @Test
  void aKeyOnTheCommandLineIsCheckedToo() {
    Settled settled =
        settled(new Flags(Map.of("api.prot", "1", "log.level", "LOUD")), Optional.empty(), home());

    assertThat(settled.wrong())
        .extracting(Wrong::line)
        .containsExactlyInAnyOrder(
            "--set: api.prot is no setting; did you mean api.port?",
            "log.level is 'LOUD', but must be one of TRACE, DEBUG, INFO, WARN, ERROR");
    assertThatThrownBy(() -> Configuration.of(settled))
        .hasMessageContaining("api.prot")
        .hasMessageContaining("log.level");
  }

  @Test
  void theCommandChecksAFileBeforeAServerDoes() throws IOException {
    Path bad = write("bad.yaml", "api:\n  prot: 1\n");
    Path good = write("good.yaml", "api:\n  port: 1\n");

    assertThat(tutti("config", "check", "--config", bad.toString()))
        .startsWith("1 ")
        .contains("error    " + bad + ":2: api.prot is no setting; did you mean api.port?")
        .contains("         -> ")
        .contains("tutti: 1 error in the settings");
    assertThat(tutti("config", "check", "--config", good.toString()))
        .startsWith("0 The settings are sound: " + good);
    assertThat(tutti("config", "show", "--origin", "--config", good.toString()))
        .startsWith("0 KEY")
        .contains(good + ":2");
    assertThat(tutti("config", "show", "-o", "json", "--set", "api.port=9"))
        .contains("\"port\" : 9");
    assertThat(tutti("config", "schema")).contains("https://json-schema.org/draft/2020-12/schema");
    assertThat(tutti("server", "--config", bad.toString())).startsWith("1 ").contains("api.prot");
  }

  private static String tutti(String... arguments) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(both, true, StandardCharsets.UTF_8);
    Surroundings usual = Surroundings.ofProcess();
    Surroundings around =
        new Surroundings(
            stream,
            stream,
            Screen.NONE,
            Map.of(),
            usual.home(),
            usual.clock(),
            usual.patience(),
            usual.in());
    int status = TuttiCommand.tutti(around, Main.commands()).execute(arguments);
    return status + " " + both.toString(StandardCharsets.UTF_8);
  }

  private List<Wrong> wrongIn(String yaml) throws IOException {
    return settled(Flags.none(), Optional.of(write("some.yaml", yaml)), home()).wrong();
  }

  private List<Wrong> wrong(Map<String, String> process) {
    return settled(Flags.none(), Optional.empty(), process).wrong();
  }

  private int port(Flags flags, Path file, Map<String, String> process) {
    return Configuration.of(settled(flags, Optional.of(file), process)).apiPort();
  }

  private String password(Path file, Map<String, String> process) {
    return Configuration.of(settled(Flags.none(), Optional.of(file), process)).broker().password();
  }

  private Settled settled(Flags flags, Optional<Path> file, Map<String, String> process) {
    return Settled.read(flags, file, Environment.of(process, folder));
  }

  private Map<String, String> home() {
    return Map.of("HOME", folder.resolve("home").toString());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
