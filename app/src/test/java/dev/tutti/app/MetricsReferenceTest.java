package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The names of {@code /metrics}, which dashboards and alarms go by. */
class MetricsReferenceTest {

  private static final Path PAGE = Path.of("..", "docs", "metrics.md");
  private static final String BEGIN = "<!-- metrics: made from a running server -->\n";
  private static final String END = "<!-- end of metrics -->\n";
  private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (\\S+) (.*)");
  private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"(?:[^\"\\\\]|\\\\.)*\"");

  @Test
  void pageHasWhatAServerThatWorksShows() throws Exception {
    String shown = shownByAServer();
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    String made = page.substring(0, begin) + table(shown) + page.substring(page.indexOf(END));
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(PAGE, made);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(made);
  }

  /** Each counter has counted something of each kind that it has: they are told only then. */
  private static String shownByAServer() throws Exception {
    try (TestServer server = TestServer.start();
        Wire wire = server.wire()) {
      server.awaitReady();
      wire.publish(
          "/lifecycle/dots-so/mso/counted/DeployModels",
          Models.of(Models.model(server.broker(), "counted", "m")).encode());
      wire.publish("/lifecycle/dots-so/mso/refused/DeployModels", new byte[] {1, 2, 3});
      wire.awaitAll("dots-so", "counted");
      TestServer.await(
          "all is counted",
          () -> {
            try {
              return server.metric("tutti_dots_messages_refused_total") > 0
                  && server.metric("tutti_commands_total") > 0;
            } catch (IOException | InterruptedException failed) {
              throw new IllegalStateException(failed);
            }
          });
      return server.send("GET", "/metrics", "").body();
    }
  }

  private static String table(String shown) {
    Map<String, String> helps = new TreeMap<>();
    Map<String, String> types = new TreeMap<>();
    Map<String, TreeSet<String>> labels = new TreeMap<>();
    for (String line : shown.split("\n", -1)) {
      Matcher comment = COMMENT.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (comment.matches()) {
        (comment.group(1).equals("HELP") ? helps : types).put(comment.group(2), comment.group(3));
      } else if (sample.matches() && sample.group(2) != null) {
        Matcher each = LABEL.matcher(sample.group(2));
        String name = sample.group(1).replaceFirst("_(bucket|count|sum)$", "");
        while (each.find()) {
          if (!each.group(1).equals("le")) {
            labels.computeIfAbsent(name, _ -> new TreeSet<>()).add("`" + each.group(1) + "`");
          }
        }
      }
    }
    assertThat(helps.keySet()).isEqualTo(types.keySet()).hasSizeGreaterThan(20);
    return "| name | type | labels | what it is |\n|---|---|---|---|\n"
        + helps.entrySet().stream()
            .map(help ->
                "| `%s` | %s | %s | %s |\n"
                    .formatted(
                        help.getKey(),
                        types.get(help.getKey()),
                        String.join(", ", labels.getOrDefault(help.getKey(), new TreeSet<>())),
                        help.getValue()))
            .collect(Collectors.joining());
  }
}
