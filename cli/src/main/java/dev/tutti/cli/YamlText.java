package dev.tutti.cli;

import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** A tree as YAML; apart from JSON, so that only who asks for it loads the library. */
final class YamlText {
  private YamlText() {}

  /** Text that looks like a number or a word of YAML is quoted, so that it stays text. */
  static String of(Tree tree) {
    YAMLFactory factory =
        YAMLFactory.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = factory.createGenerator(ObjectWriteContext.empty(), text)) {
      JacksonJson.write(tree, generator);
    }
    return text.toString();
  }
}
