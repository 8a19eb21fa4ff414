package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.app.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is made from the declarations of settings; {@code -Dgolden=write} makes it anew. */
class SettingsReferenceTest {

  private static final Path ROOT = Path.of("..");
  private static final String BEGIN = "<!-- settings: made from the declarations -->\n";
  private static final String END = "<!-- end of settings -->\n";

  @Test
  void theReferenceHasEverySettingAsItIsDeclared() throws IOException {
    Path page = ROOT.resolve("docs").resolve("configuration.md");
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    check(page, text.substring(0, begin) + table() + text.substring(end));
  }

  @Test
  void theSchemaInTheRepositoryIsTheOneThatIsPrinted() throws IOException {
    check(ROOT.resolve("docs").resolve("configuration.schema.json"), ConfigCommand.schema() + "\n");
  }

  @Test
  void theTemplateOfTheEnvFileNamesEveryVariable() throws IOException {
    check(ROOT.resolve(".env.template"), template());
  }

  @Test
  void everyVariableIsDeclaredOnce() {
    assertThat(ServerSettings.ALL).extracting(Setting::variable).doesNotHaveDuplicates();
    assertThat(ServerSettings.ALL).extracting(Setting::key).doesNotHaveDuplicates();
    assertThat(ServerSettings.ALL).extracting(Setting::meaning).doesNotContain("");
  }

  private static void check(Path file, String made) throws IOException {
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(file, made);
    }
    assertThat(Files.readString(file)).as(file.toString()).isEqualTo(made);
  }

  private static String table() {
    return "| key in the file | variable | kind | default | meaning |\n|---|---|---|---|---|\n"
        + ServerSettings.ALL.stream()
            .map(SettingsReferenceTest::row)
            .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String row(Setting<?> setting) {
    String names = "`" + setting.variable() + "`" + (setting.secret() ? ", or `…_FILE`" : "");
    String flag = setting.flag().map(name -> ", `" + name + "`").orElse("");
    return "| `%s` | %s%s | %s | %s | %s |"
        .formatted(
            setting.key(),
            names,
            flag,
            setting.kind().name() + (setting.secret() ? ", secret" : ""),
            fallback(setting),
            setting.meaning());
  }

  private static String fallback(Setting<?> setting) {
    String words = setting.fallback().words();
    if (words.isEmpty()) {
      return "empty";
    }
    return words.contains(" ") || words.equals("absent") ? words : "`" + words + "`";
  }

  private static String template() {
    List<String> lines = ServerSettings.ALL.stream().map(SettingsReferenceTest::lines).toList();
    return """
    # Copy to .env in the folder that you start Tutti from. The environment wins over this file, and
    # this file over one of YAML (TUTTI_CONFIG). Made from the declarations of the settings;
    # docs/configuration.md says more. Of the original's variables, KUBERNETES_* are not read.

    """
        + String.join("\n", lines);
  }

  private static String lines(Setting<?> setting) {
    String meaning = setting.meaning().replaceAll("\\[([^]]+)]\\([^)]*\\)", "$1").replace("`", "");
    String words = setting.fallback().words();
    boolean written = !words.contains(" ") && !words.equals("absent");
    return "# " + meaning + "\n#" + setting.variable() + "=" + (written ? words : "") + "\n";
  }
}
