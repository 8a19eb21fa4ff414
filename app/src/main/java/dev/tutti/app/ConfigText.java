package dev.tutti.app;

import dev.tutti.app.settings.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** The settings that hold, for people and for programs. */
final class ConfigText {

  private static final String HIDDEN = "…";

  private final Settled settled;
  private final boolean origin;

  /** How it is written. */
  enum Format {
    TABLE,
    JSON,
    YAML
  }

  /**
   * Of these settings.
   *
   * @param origin whether to say where each was set
   */
  ConfigText(Settled settled, boolean origin) {
    this.settled = settled;
    this.origin = origin;
  }

  /** Ends with the end of a line. */
  String in(Format format) {
    return switch (format) {
      case TABLE -> table();
      case JSON ->
          JsonMapper.builder()
                  .enable(SerializationFeature.INDENT_OUTPUT)
                  .build()
                  .writeValueAsString(tree())
              + System.lineSeparator();
      case YAML -> yaml().writeValueAsString(tree());
    };
  }

  private static ObjectMapper yaml() {
    return YAMLMapper.builder()
        .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
        .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
        .build();
  }

  private String table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(origin ? List.of("KEY", "VALUE", "ORIGIN") : List.of("KEY", "VALUE"));
    for (Setting<?> setting : ServerSettings.ALL) {
      List<String> row = new ArrayList<>(List.of(setting.key(), shown(setting)));
      if (origin) {
        row.add(settled.values().origin(setting));
      }
      rows.add(row);
    }
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
      }
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }

  private String shown(Setting<?> setting) {
    String shown =
        value(setting).orElseGet(() -> "(" + setting.fallback().words().replace("`", "") + ")");
    return shown.replaceAll("\\p{Cntrl}", " ");
  }

  private Optional<String> value(Setting<?> setting) {
    if (setting.equals(ServerSettings.DATA)) {
      return Optional.of(settled.data().toString());
    }
    Optional<String> text = settled.values().text(setting);
    return setting.secret() ? text.map(secret -> secret.isEmpty() ? "" : HIDDEN) : text;
  }

  /** As the file of settings has it; with origins, each value beside its own. */
  private Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (Setting<?> setting : ServerSettings.ALL) {
      Optional<Object> value = value(setting).map(text -> typed(setting, text));
      if (origin) {
        Map<String, Object> both = new LinkedHashMap<>();
        value.ifPresent(known -> both.put("value", known));
        both.put("origin", settled.values().origin(setting));
        put(tree, setting.key(), both);
      } else if (!setting.secret()) {
        // Not even the sign for a hidden value: a file made of this would take it for the secret.
        value.ifPresent(known -> put(tree, setting.key(), known));
      }
    }
    return tree;
  }

  private static Object typed(Setting<?> setting, String text) {
    Object type = setting.kind().schema().get("type");
    if ("integer".equals(type)) {
      return Integer.valueOf(text);
    }
    return "boolean".equals(type) ? Boolean.valueOf(text) : text;
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, Object> tree, String key, Object value) {
    int dot = key.indexOf('.');
    if (dot < 0) {
      tree.put(key, value);
      return;
    }
    Object section = tree.computeIfAbsent(key.substring(0, dot), _ -> new LinkedHashMap<>());
    put((Map<String, Object>) section, key.substring(dot + 1), value);
  }
}
