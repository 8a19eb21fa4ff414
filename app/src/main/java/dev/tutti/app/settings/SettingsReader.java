package dev.tutti.app.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads the YAML of a configuration token by token. Every value stays the text that it is, so that
 * nothing is made into an object, and a line is known for everything that is wrong.
 */
final class SettingsReader {

  private static final int DEEPEST = 16;
  private static final String FILE = "file";

  private final String name;
  private final List<? extends Setting<?>> declared;
  private final Consumer<Wrong> wrong;
  private final Map<String, Value> values = new LinkedHashMap<>();

  /**
   * What a file says about a setting.
   *
   * @param file whether it names a file that holds the value
   */
  record Value(String text, int line, boolean file) {}

  SettingsReader(String name, List<? extends Setting<?>> declared, Consumer<Wrong> wrong) {
    this.name = name;
    this.declared = declared;
    this.wrong = wrong;
  }

  /** The values by key; what was read before the first line that is no YAML counts. */
  Map<String, Value> read(String text) {
    YAMLFactory factory =
        YAMLFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        section(parser, "");
      } else if (first != null && first != JsonToken.VALUE_NULL) {
        tell(line(parser), "this is no 'key: value'", "Begin with a section such as 'api:'.");
        return values;
      }
      if (parser.nextToken() != null) {
        tell(line(parser), "a second document begins here", "Keep one document.");
      }
    } catch (JacksonException unreadable) {
      int line = unreadable.getLocation() == null ? 1 : unreadable.getLocation().getLineNr();
      tell(line, "no YAML: " + reason(unreadable), "Correct this line, or one before it.");
    }
    return values;
  }

  /** Without the lines that repeat the place and the text there, which may be a secret. */
  private static String reason(JacksonException unreadable) {
    return unreadable
        .getOriginalMessage()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith(" "))
        .collect(Collectors.joining(", "));
  }

  private void section(JsonParser parser, String prefix) {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = prefix + parser.currentName();
      int line = line(parser);
      parser.nextToken();
      Optional<? extends Setting<?>> setting =
          declared.stream().filter(known -> known.key().equals(key)).findFirst();
      boolean section = declared.stream().anyMatch(known -> known.key().startsWith(key + "."));
      if (setting.isPresent()) {
        value(parser, setting.get(), line).ifPresent(value -> put(key, value));
      } else if (!section) {
        tell(line, Unknown.sentence(key, declared), Unknown.advice());
        parser.skipChildren();
      } else if (parser.currentToken() == JsonToken.START_OBJECT) {
        section(parser, key + ".");
      } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
        tell(line, key + " has to be a section", "Write its settings below it, indented.");
        parser.skipChildren();
      }
    }
  }

  private void put(String key, Value value) {
    Value before = values.putIfAbsent(key, value);
    if (before != null) {
      tell(value.line(), key + " is there twice, first in line " + before.line(), "Remove one.");
    }
  }

  private Optional<Value> value(JsonParser parser, Setting<?> setting, int line) {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> Optional.empty();
      case START_OBJECT -> file(parser, setting, line);
      case START_ARRAY -> list(parser, setting, line);
      default -> scalar(parser, setting.key(), line).map(text -> new Value(text, line, false));
    };
  }

  private Optional<String> scalar(JsonParser parser, String key, int line) {
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      tell(line, key + " is an alias, which is not understood", "Write the value out.");
      return Optional.empty();
    }
    return Optional.of(parser.getString());
  }

  private Optional<Value> list(JsonParser parser, Setting<?> setting, int line) {
    List<String> items = new ArrayList<>();
    boolean plain = setting.kind().list();
    if (!plain) {
      tell(
          line,
          setting.key() + " has one value, not a list",
          "Write " + setting.key() + ": VALUE.");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken().isScalarValue()) {
        scalar(parser, setting.key(), line).ifPresent(items::add);
      } else {
        tell(line(parser), setting.key() + " is a list of plain values", "Write one after '-'.");
        parser.skipChildren();
        plain = false;
      }
    }
    return plain ? Optional.of(new Value(String.join(",", items), line, false)) : Optional.empty();
  }

  /** {@code password: {file: /run/secrets/broker}}. */
  private Optional<Value> file(JsonParser parser, Setting<?> setting, int line) {
    Optional<Value> value = Optional.empty();
    boolean known = setting.secret();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      known &= parser.currentName().equals(FILE);
      parser.nextToken();
      if (known && parser.currentToken().isScalarValue()) {
        value = scalar(parser, setting.key(), line).map(text -> new Value(text, line, true));
      } else {
        parser.skipChildren();
      }
    }
    if (!known || value.isEmpty()) {
      tell(
          line,
          setting.key() + " is no section",
          setting.secret()
              ? "Give its value, or 'file: PATH' below it."
              : "Give its value in the same line.");
      return Optional.empty();
    }
    return value;
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  private void tell(int line, String sentence, String advice) {
    wrong.accept(new Wrong(name + ":" + line, sentence, advice));
  }
}
